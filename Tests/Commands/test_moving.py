"""Moving a city's old records in, and publishing permits: the commands a clerk uses."""

import csv
import json

from frictionless import Resource, Schema, validate

CONTACTS = """contact_id,kind,company_name,first_name,middle_name,last_name,title,email
p1,person,,Ada,,Lindqvist,,ada@example.org
c1,company,"=cmd|' /C calc'!A0",,,,,hello@firm.example
"""
CASES = """case_number,module,type,work_class,status,description,applied,issued,address,city,state,zip,parcel
ELE2015-00012,permit,Elec Permit,Electrical Permit,Done,"=1+1, a formula",2015-02-03,2015-02-20,18 Pika Ct,Boulder,CO,80304,157707012034
ELE2015-00013,permit,Electrical Permit,Electrical Permit,Issued,New panel,2015-02-03,,19 Pika Ct,BOUDER,CO,80304,1.57707E+11
"""
PARTS = """case_number,contact_id,contact_type,primary
ELE2015-00012,c1,Contractor: Electrical,true
"""


def export(program):
    assert program("migrate").code == 0
    folder = program.folder / "legacy"
    folder.mkdir()
    (folder / "contacts.csv").write_text(CONTACTS)
    (folder / "cases.csv").write_text(CASES)
    (folder / "case_contacts.csv").write_text(PARTS)
    return folder


def test_names_are_written_out_mapped_and_found_in_the_folder(program):
    folder = export(program)
    first = program("import", "legacy", folder, "--rehearse", "--write-mapping", "names.yaml", "--report", "before.json")
    assert first.code == 0, first
    assert json.loads((program.folder / "before.json").read_text())["files"]["cases.csv"]["imported"] == 1
    written = (program.folder / "names.yaml").read_text()
    assert '# "Elec Permit"' in written and '# "Done"' in written
    (folder / "mapping.yaml").write_text('types:\n  "Elec Permit": electrical\nstatuses:\n  Done: closed\n')
    second = program("import", "legacy", folder, "--report", "after.json")
    assert second.code == 0, second
    report = json.loads((program.folder / "after.json").read_text())
    assert report["files"]["cases.csv"]["imported"] == 2
    assert report["types"]["Elec Permit"] == {"count": 1, "mapped_to": "electrical"}


def test_a_wrong_mapping_stops_with_the_line_and_a_suggestion(program):
    folder = export(program)
    (program.folder / "wrong.yaml").write_text('types:\n  "Elec Permit": elektrical\nstatusses:\n  Done: closed\n')
    answer = program("import", "legacy", folder, "--mapping", "wrong.yaml")
    assert answer.code == 1
    assert 'wrong.yaml:2: "elektrical" is not one of this city\'s types; did you mean "electrical"?' in answer.err
    assert 'wrong.yaml:3: there is nothing called "statusses" to map; did you mean "statuses"?' in answer.err


def test_the_report_can_be_a_page(program):
    folder = export(program)
    assert program("import", "legacy", folder, "--rehearse", "--report", "report.html").code == 0
    page = (program.folder / "report.html").read_text()
    assert page.startswith("<!doctype html>") and "Rehearsal of the import of legacy" in page and "<script" not in page


def test_published_permits_are_valid_and_harmless(program):
    folder = export(program)
    (folder / "mapping.yaml").write_text('types:\n  "Elec Permit": electrical\nstatuses:\n  Done: closed\n')
    assert program("import", "legacy", folder).code == 0
    answer = program("export", "blds", "permits.csv")
    assert answer.code == 0 and "2 permits written" in answer.out, answer
    schema = Schema.from_descriptor(json.loads((program.folder / "permits.schema.json").read_text()))
    report = validate(Resource(path="permits.csv", schema=schema, basepath=str(program.folder)))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    rows = list(csv.DictReader((program.folder / "permits.csv").open(newline="")))
    assert rows[0]["Description"] == "'=1+1, a formula" and rows[0]["ContractorCompanyName"].startswith("'=cmd")
    assert rows[0]["PIN"] == "157707012034" and rows[1]["PIN"] == "" and rows[1]["OriginalCity"] == "Boulder"
    assert program("export", "geojson", "permits.geojson").code == 0
    features = json.loads((program.folder / "permits.geojson").read_text())["features"]
    assert [feature["geometry"] for feature in features] == [None, None]
    # What one city publishes, another can read.
    other = program("import", "blds", "permits.csv", "--rehearse", "--report", "blds.json",
                    GROUNDWORK_DATABASE_URL=f"sqlite:{program.folder}/city.sqlite")
    assert other.code == 0, other
