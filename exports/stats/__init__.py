"""Files for statistics programs: published figures only, never answers. Only here pandas and pyreadstat are known."""
