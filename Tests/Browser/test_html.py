"""Runs last: the HTML of every different page that the other tests were served."""

import pytest


def test_all_html_is_valid(collection):
    if not collection.pages:
        pytest.skip("no test of this run was served a page")
    problems = collection.problems()
    assert not problems, f"{len(problems)} problems on {len(collection.pages)} pages:\n\n" + "\n\n".join(problems[:40])
