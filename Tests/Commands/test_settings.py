"""Settings: a wrong one stops the start with a sentence that names it."""

import pytest

REFUSED = [
    ("GROUNDWORK_SMPT_URL", "x", "Did you mean GROUNDWORK_SMTP_URL?"),
    ("GROUNDWORK_TEST_THING", "x", "GROUNDWORK_TEST_THING is no setting"),
    ("GROUNDWORK_SMTP_URL", "ftp://mail.example", "GROUNDWORK_SMTP_URL"),
    ("GROUNDWORK_MAIL_FROM", "nobody", "GROUNDWORK_MAIL_FROM"),
    ("GROUNDWORK_TRUSTED_PROXIES", "10.0.0.0/99", "10.0.0.0/99, which is no network"),
    ("GROUNDWORK_BASE_URL", "permits.example.gov", "GROUNDWORK_BASE_URL must be like"),
    ("GROUNDWORK_BASE_URL", "https://permits.example.gov/portal", "without a path"),
    ("GROUNDWORK_FILES_URL", "var/files", "GROUNDWORK_FILES_URL must be file:PATH"),
    ("GROUNDWORK_LOG_LEVEL", "loud", "GROUNDWORK_LOG_LEVEL is loud"),
    ("GROUNDWORK_TLS_KEY", "/nowhere/key.pem", "GROUNDWORK_TLS_CERTIFICATE is not"),
    ("GROUNDWORK_DATABASE_URL", "mysql://root:hush@db/city", "GROUNDWORK_DATABASE_URL begins with mysql"),
    ("GROUNDWORK_DATABASE_URL", "postgres://app:hush@localhost:1/city", "Check that the server runs"),
    ("GROUNDWORK_DATABASE_CONNECTIONS", "many", "GROUNDWORK_DATABASE_CONNECTIONS is many"),
    ("GROUNDWORK_LIMIT_SIGN_IN_ACCOUNT", "ten", "GROUNDWORK_LIMIT_SIGN_IN_ACCOUNT is ten"),
    ("GROUNDWORK_DEMO_NOW", "yesterday", "GROUNDWORK_DEMO_NOW must be an instant"),
    ("GROUNDWORK_CITY", "/nowhere", "/nowhere"),
]


@pytest.mark.parametrize("name, value, sentence", REFUSED, ids=[f"{name}={value}" for name, value, _ in REFUSED])
def test_a_wrong_setting_stops_the_start_with_a_sentence(program, name, value, sentence):
    answer = program("migrate", **{name: value})
    assert answer.code == 1, answer
    assert sentence in answer.err, answer
    assert "hush" not in answer.err + answer.out, answer


def test_settings_come_from_a_file_and_the_environment_wins(program):
    (program.folder / "groundwork.yaml").write_text(
        f"database:\n  url: sqlite:{program.folder}/from-file.sqlite\nlog:\n  level: warning\n")
    assert program("migrate", GROUNDWORK_DATABASE_URL=None).code == 0
    assert (program.folder / "from-file.sqlite").exists()
    assert program("migrate").code == 0
    assert (program.folder / "city.sqlite").exists()


def test_an_unknown_name_in_the_file_is_named(program):
    (program.folder / "groundwork.yaml").write_text("database:\n  uri: sqlite:x\n")
    answer = program("migrate")
    assert answer.code == 1 and "database.uri" in answer.err and "GROUNDWORK_DATABASE_URL" in answer.err, answer


def test_a_file_that_is_no_yaml_is_named(program):
    (program.folder / "groundwork.yaml").write_text("a: [\n")
    answer = program("migrate")
    assert answer.code == 1 and "groundwork.yaml" in answer.err, answer


def test_a_secret_may_stand_in_a_file(program):
    secret = program.folder / "database-url"
    secret.write_text(f"sqlite:{program.folder}/secret.sqlite\n")
    answer = program("migrate", GROUNDWORK_DATABASE_URL=None, GROUNDWORK_DATABASE_URL_FILE=secret)
    assert answer.code == 0, answer
    assert (program.folder / "secret.sqlite").exists()
    missing = program("migrate", GROUNDWORK_DATABASE_URL=None, GROUNDWORK_DATABASE_URL_FILE="/nowhere/secret")
    assert missing.code == 1 and "/nowhere/secret" in missing.err, missing


def test_names_of_features_to_come_are_known(program):
    assert program("migrate", GROUNDWORK_STRIPE_API_BASE="https://api.example", GROUNDWORK_CLAMD_ADDRESS="127.0.0.1:3310").code == 0


SERVICE = {"GROUNDWORK_OIDC_ISSUER": "http://localhost:1", "GROUNDWORK_OIDC_CLIENT_ID": "permits", "GROUNDWORK_OIDC_CLIENT_SECRET": "hush"}


@pytest.mark.parametrize("changed, sentence", [
    ({"GROUNDWORK_OIDC_CLIENT_SECRET": None}, "GROUNDWORK_OIDC_CLIENT_SECRET is missing. Set all of"),
    ({"GROUNDWORK_OIDC_ISSUER": None}, "GROUNDWORK_OIDC_ISSUER is missing. Set all of"),
    ({"GROUNDWORK_OIDC_ISSUER": "http://id.example"}, "It must be like https://login.example.gov"),
])
def test_a_sign_in_service_is_set_whole_or_not_at_all(program, changed, sentence):
    answer = program("migrate", **{**SERVICE, **changed})
    assert answer.code == 1 and sentence in answer.err and "hush" not in answer.err, answer


def test_doctor_says_that_the_sign_in_service_does_not_answer(program):
    assert program("migrate", **SERVICE).code == 0
    answer = program("doctor", **SERVICE)
    assert answer.code == 1 and "✘ Sign-in service: http://localhost:1/.well-known/openid-configuration does not answer" in answer.out, answer


def test_somebody_of_the_sign_in_service_is_one_person_here(program):
    def create(email, *more, **settings):
        return program("staff", "create", email, "--role", "intake", *more, **settings)

    assert "Set GROUNDWORK_OIDC_ISSUER first" in create("dana@city.example", "--subject", "8f1c").err
    assert create("dana@city.example", "--subject", "8f1c", **SERVICE).code == 0
    taken = create("lee@city.example", "--subject", "8f1c", **SERVICE)
    assert taken.code != 0 and "This city account is connected with another account here" in taken.err, taken


def test_a_demo_clock_does_not_disturb_other_commands(program):
    assert program("migrate", GROUNDWORK_DEMO_NOW="2026-07-06T15:30:00Z").code == 0
