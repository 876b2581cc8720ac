"""Questionnaires for tests, written as a clerk writes them: as Markdown tables."""

from campaign.errors import BadInput, Problem
from surveys.questionnaire import Questionnaire
from surveys.xlsform import compile_questionnaire

SCALE = """
| choices |
|         | list_name | name | label::中文 (zh) | label::English (en) | counts_as  | weight |
|         | scale     | A    | 满意            | Satisfied           | positive   | 100    |
|         | scale     | B    | 基本满意        | Mostly              | positive   | 60     |
|         | scale     | C    | 不满意          | Dissatisfied        | negative   | 0      |
|         | scale     | D    | 不了解          | Don't know          | no_opinion |        |
|         | wishes    | 1    | 道路            | Roads               |            |        |
|         | wishes    | 2    | 上学            | Schooling           |            |        |
|         | wishes    | 3    | 看病            | Health care         |            |        |
|         | wishes    | 9    | 没有问题        | No problem          |            |        |
|         | yes_no    | yes  | 是              | Yes                 |            |        |
|         | yes_no    | no   | 否              | No                  |            |        |
"""

SMALL = f"""
| survey |
|        | type                    | name         | label::中文 (zh) | label::English (en) | relevant       | constraint                                                                | constraint_message::中文 (zh) | constraint_message::English (en) | required | bind::dimension |
|        | note                    | opening      | 您好            | Welcome             |                |                                                                           |                               |                                  |          |                 |
|        | select_one scale        | Q1           | 态度            | Manner              |                |                                                                           |                               |                                  |          | people          |
|        | select_one scale        | Q2           | 总的            | Overall             |                |                                                                           |                               |                                  | yes      | overall         |
|        | begin group             | unhappy      |                 |                     | ${{Q2}} = 'C'  |                                                                           |                               |                                  |          |                 |
|        | select_multiple wishes  | Q3           | 最需要什么      | What first          |                | count-selected(.) <= 2 and not(selected(., '9') and count-selected(.) > 1) | 最多两项                      | At most two                      |          |                 |
|        | integer                 | Q4           | 来了几次        | How many visits     |                | . >= 0 and . <= 99                                                        |                               |                                  |          |                 |
|        | end group               |              |                 |                     |                |                                                                           |                               |                                  |          |                 |
|        | text                    | Q5           | 意见            | Opinion             |                | string-length(.) <= 10                                                    |                               |                                  |          |                 |
|        | select_one yes_no       | wants_answer | 需要答复吗      | Answer wanted       | ${{Q5}} != ''  |                                                                           |                               |                                  |          |                 |
{SCALE}
| settings |
|          | form_title | heading::中文 (zh) | heading::English (en) | version | default_language |
|          | 小测评     | 小测评             | Small survey          | 3       | 中文 (zh)        |
"""  # noqa: E501  a table is read across
"""A note, two scales, a group that is asked only of the dissatisfied, a text and what depends on it."""


def compiled(markdown: str, questionnaire_id: str = "small") -> Questionnaire:
    """The questionnaire."""
    return compile_questionnaire(markdown, questionnaire_id).questionnaire


def problems(markdown: str) -> list[Problem]:
    """What is wrong with a form."""
    try:
        return list(compile_questionnaire(markdown, "x").warnings)
    except BadInput as error:
        return list(error.problems)


def survey(*rows: str, header: str = "type | name | label", choices: str = SCALE) -> str:
    """A form in one language from rows like ``text | Q1 | Say``; its overall question comes first, as row 2."""
    lines = [header, "select_one scale | overall | Overall", *rows]
    wide = [f"| | {line}{' | ' * (header.count('|') - line.count('|'))} |" for line in lines]
    dimension = [f"{wide[0]} bind::dimension |", f"{wide[1]} overall |", *(f"{line} |" for line in wide[2:])]
    return "\n".join(["| survey |", *dimension, choices.replace("label::中文 (zh)", "label")])
