"""What TinyDB's readme and guides teach, as sessions at the prompt: they run unchanged on TinyDB and on open_tinydb."""

import doctest
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tinydb
from tinydb import operations
from tinydb.table import Document, Table

from db import open_tinydb

FIRST_STEPS = """
>>> db = TinyDB('tea.json')
>>> db.insert({'tea': 'puer', 'cakes': 7})
1
>>> db.insert({'tea': 'dianhong', 'cakes': 3})
2
>>> db.all()
[{'tea': 'puer', 'cakes': 7}, {'tea': 'dianhong', 'cakes': 3}]
>>> for tea in db:
...     print(tea['tea'], tea.doc_id)
puer 1
dianhong 2
>>> Tea = Query()
>>> db.search(Tea.tea == 'dianhong')
[{'tea': 'dianhong', 'cakes': 3}]
>>> db.search(Tea.cakes > 5)
[{'tea': 'puer', 'cakes': 7}]
>>> db.update({'cakes': 10}, Tea.tea == 'puer')
[1]
>>> db.remove(Tea.cakes < 5)
[2]
>>> db.all()
[{'tea': 'puer', 'cakes': 10}]
>>> db.truncate()
>>> db.all()
[]
>>> db.close()
"""

README = """
>>> db = TinyDB('db.json')
>>> db.insert({'int': 1, 'char': 'a'})
1
>>> db.insert({'int': 1, 'char': 'b'})
2
>>> User = Query()
>>> db.search(User.int == 1)
[{'int': 1, 'char': 'a'}, {'int': 1, 'char': 'b'}]
>>> db.search((User.int == 1) & (User.char == 'b'))
[{'int': 1, 'char': 'b'}]
>>> db.search((User.char == 'a') | (User.char == 'b'))
[{'int': 1, 'char': 'a'}, {'int': 1, 'char': 'b'}]
>>> db.search(~(where('char') == 'a'))
[{'int': 1, 'char': 'b'}]
>>> table = db.table('name')
>>> table.insert({'value': True})
1
>>> table.all()
[{'value': True}]
>>> sorted(db.tables())
['_default', 'name']
"""

QUERIES = """
>>> db = TinyDB('staff.json')
>>> db.insert_multiple([
...     {'name': 'Li', 'born': {'year': 1990, 'place': 'Dali'}, 'groups': ['user'], 'country-code': 'cn'},
...     {'name': 'liu', 'born': {'year': 1984}, 'groups': ['admin', 'user']},
...     {'name': 'Ma', 'born': {'year': 2001}, 'groups': ['sudo', 'user'], 'age': 24},
... ])
[1, 2, 3]
>>> User = Query()
>>> def names(query):
...     return [user['name'] for user in db.search(query)]
>>> names(User.born.year == 1990), names(where('born')['year'] < 1990)
(['Li'], ['liu'])
>>> names(User['country-code'] == 'cn'), names(User.age.exists())
(['Li'], ['Ma'])
>>> names(User.name.matches('Li', flags=re.IGNORECASE)), names(User.name.search('a$'))
(['Li', 'liu'], ['Ma'])
>>> names(User.name.test(lambda name: len(name) == 2))
['Li', 'Ma']
>>> def within(value, low, high):
...     return low <= value <= high
>>> names(User.born.year.test(within, 1980, 1995))
['Li', 'liu']
>>> names(User.groups.any(['admin', 'sudo'])), names(User.groups.all(['admin', 'user']))
(['liu', 'Ma'], ['liu'])
>>> names(User.name.one_of(['Ma', 'Bai'])), names(Query().fragment({'name': 'Li'}))
(['Ma'], ['Li'])
>>> names(User.born.fragment({'place': 'Dali'})), names(User.name.map(str.lower) == 'li')
(['Li'], ['Li'])
>>> query = User.noop()
>>> for name in ('Li', 'liu'):
...     query = query & (User.name != name)
>>> names(query)
['Ma']
"""

NESTED_QUERIES = """
>>> db = TinyDB('groups.json')
>>> groups = db.table('groups')
>>> for name, kinds in {'user': ['read'], 'sudo': ['read', 'sudo'], 'admin': ['read', 'write', 'sudo']}.items():
...     _ = groups.insert({'name': name, 'permissions': [{'type': kind} for kind in kinds]})
>>> Group, Permission = Query(), Query()
>>> [group['name'] for group in groups.search(Group.permissions.any(Permission.type == 'sudo'))]
['sudo', 'admin']
>>> [group['name'] for group in groups.search(Group.permissions.all(Permission.type == 'read'))]
['user']
>>> len(db), len(groups)
(0, 3)
"""

CHANGES = """
>>> db = TinyDB('changes.json')
>>> db.insert_multiple({'name': name, 'count': count, 'old': True} for count, name in enumerate(['a', 'b', 'c']))
[1, 2, 3]
>>> User = Query()
>>> db.update({'checked': False})
[1, 2, 3]
>>> db.update(delete('old'), User.name == 'a'), db.update(increment('count'), User.count < 2)
([1], [1, 2])
>>> db.update(decrement('count'), doc_ids=[3]), db.update(add('name', '!'), doc_ids=[2, 3])
([3], [2, 3])
>>> db.update(subtract('count', 5), User.name == 'b!'), db.update(set('checked', True), User.name == 'a')
([2], [1])
>>> def rename(old, new):
...     def transform(document):
...         document[new] = document.pop(old)
...     return transform
>>> db.update(rename('count', 'n'), User.count.exists())
[1, 2, 3]
>>> db.update_multiple([({'checked': True}, where('n') < 0), (delete('old'), where('old').exists())])
[2, 2, 3]
>>> for document in db:
...     print(sorted(document.items()))
[('checked', True), ('n', 1), ('name', 'a')]
[('checked', True), ('n', -3), ('name', 'b!')]
[('checked', False), ('n', 1), ('name', 'c!')]
>>> db.upsert({'name': 'a', 'logged-in': True}, User.name == 'a')
[1]
>>> db.upsert({'name': 'd', 'logged-in': True}, User.name == 'd')
[4]
>>> db.upsert(Document({'name': 'e'}, doc_id=12))
[12]
>>> db.upsert({'name': 'f'})
Traceback (most recent call last):
ValueError: If you don't specify a search query, you must specify a doc_id. Hint: use a table.Document object.
"""

RETRIEVING = """
>>> db = TinyDB('users.json')
>>> db.insert({'name': 'Li', 'age': 22}), db.insert({'name': 'Li', 'age': 37})
(1, 2)
>>> User = Query()
>>> len(db), db.count(User.name == 'Li'), db.contains(User.age > 30), db.contains(doc_id=3)
(2, 2, True, False)
>>> found = db.get(User.age == 37)
>>> found, found.doc_id, found['name'], found.get('city', 'unknown')
({'name': 'Li', 'age': 37}, 2, 'Li', 'unknown')
>>> db.get(User.name == 'Bobby') is None
True
>>> db.get(doc_id=1), db.get(doc_ids=[1, 2])
({'name': 'Li', 'age': 22}, [{'name': 'Li', 'age': 22}, {'name': 'Li', 'age': 37}])
>>> db.update({'value': 2}, doc_ids=[1, 2]), db.remove(doc_ids=[1])
([1, 2], [1])
>>> db.insert(Document({'name': 'Bai'}, doc_id=10))
10
>>> db.insert({'name': 'Na'})
11
>>> sorted(db.search(User.name.search('a')), key=lambda user: user['name'])
[{'name': 'Bai'}, {'name': 'Na'}]
"""

TABLES = """
>>> with TinyDB('tables.json') as db:
...     table = db.table('visits', cache_size=30)
...     fresh = db.table('fresh', cache_size=0)
...     table.insert({'value': True}), fresh.insert({'value': None}), db.insert({'value': 1})
...     sorted(db.tables())
...     db.drop_table('fresh')
...     sorted(db.tables())
...     [row for row in table], len(table), table.name
(1, 1, 1)
['_default', 'fresh', 'visits']
['_default', 'visits']
([{'value': True}], 1, 'visits')
>>> with TinyDB('tables.json') as db:
...     db.table('visits').all(), db.all()
...     db.default_table_name = 'visits'
...     db.all()
...     db.drop_tables()
...     db.tables()
([{'value': True}], [{'value': 1}])
[{'value': True}]
set()
>>> with TinyDB('tables.json') as db:
...     print(db)
<... tables=[], tables_count=0, default_table_documents_count=0, all_tables_documents_count=[]>
"""

SNIPPETS = {name: text for name, text in globals().items() if name.isupper()}
OPENERS: dict[str, Callable[..., Any]] = {"tinydb": tinydb.TinyDB, "rows": open_tinydb}


@pytest.mark.parametrize("opener", OPENERS.values(), ids=OPENERS.keys())
@pytest.mark.parametrize("snippet", SNIPPETS.values(), ids=SNIPPETS.keys())
def test_snippets_run_unchanged(
    snippet: str, opener: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Typed at the prompt, every line gives the same answer, whichever opens the file."""
    monkeypatch.chdir(tmp_path)
    names = {name: getattr(operations, name) for name in ("add", "decrement", "delete", "increment", "subtract", "set")}
    names |= {"Query": tinydb.Query, "where": tinydb.where, "Document": Document, "Table": Table, "re": re}
    names |= {"TinyDB": opener}
    session = doctest.DocTestParser().get_doctest(snippet, names, "snippet", None, 0)
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(session, out=said.append, clear_globs=False)
    if "db" in session.globs:
        session.globs["db"].close()
    assert (result.failed, "".join(said)) == (0, "")
    assert result.attempted == len(session.examples) > 0
