def test_nothing_is_wrong_with_the_base_project(complaints):
    assert complaints({}) == []
