"""A demo city in which every page has something to show: what people do so that no page is empty."""

import hashlib
import re
import shutil
import sqlite3
import time

from . import merging
from .authenticator import new_passkey, totp
from .city import ROOT, City, eventually, link_in, run
from .steps import PASSWORD
from .visitor import Visitor

CONTACTS = """contact_id,kind,company_name,first_name,middle_name,last_name,title,email,address,city,state,zip
c1,company,Pika Court Builders,,,,,first@pika.example; second@pika.example; third@pika.example,,,,
p1,person,,Ada,,Lindqvist,,not an address,18 Pika Ct,Boulder,CO,80304
"""
CASES = """case_number,module,type,work_class,status,description,applied,issued,address,city,state,zip,parcel
ELE2015-00012,permit,Electrical Permit,Electrical Permit,Issued,New panel,2015-02-03,2015-02-20,18 Pika Ct,Boulder,CO,80304,157707012034
ELE2015-00013,permit,Unknown Permit,Electrical Permit,Issued,New panel,2015-02-03,,19 Pika Ct,BOUDER,CO,80304,1.57707E+11
"""
PARTS = """case_number,contact_id,contact_type,primary
ELE2015-00012,c1,Contractor: Electrical,true
"""
TYPED = {"question": "May I move the panel?", "note": "Look at the deed.", "own": "It is my house", "reply": "Please send the deed.",
         "why": "Tova called from the number on file.", **merging.TYPED}
# The rig asks more often than any person.
LIMITS = ("SIGN_IN_ACCOUNT", "SIGN_IN_ADDRESS", "MAIL_RECIPIENT", "MAIL_ADDRESS", "PEOPLE_SEARCH", "CONTACT_ADD", "KEPT_FORM",
          "ACCESS_REQUEST", "SECOND_STEP", "PASSKEY_CHALLENGE", "INVITATION_ANSWER", "ACCOUNT_LOOK_UP", "FOLLOWING",
          "FOLLOWING_MAIL", "CLAIM_ACCOUNT", "CLAIM_ADDRESS", "CLAIM_TARGET")
# On the card of the first case of the company owner.
CARD_CODE = "DEMO-CARD-CODE"
SETTINGS = {f"GROUNDWORK_LIMIT_{name}": "9999/1h" for name in LIMITS}


class _WithKeptForm(Visitor):
    """Somebody whose form was kept for after sign-in. The page is shown once and takes its cookie away; here it comes back."""

    def _ask(self, address, values=None):
        kept = [cookie for cookie in self.cookies if "kept" in cookie.name]
        answer = super()._ask(address, values)
        for cookie in kept:
            self.cookies.set_cookie(cookie)
        return answer


class Furnished:
    """The city, and what cannot be found by following links: people half-way through something, and links of mails."""

    def __init__(self, folder, template):
        self.city = City(folder, template=template)
        self.people = []
        self.addresses = []

    def furnish(self):
        self._clerk()
        self.city.start(SETTINGS)
        self._registrations()
        self._requests()
        self._account()
        self._staff()
        self._claims()
        self._half_way()
        self._second_steps()
        self._support()

    def mail_links(self):
        return [link for mail in self.city.mails() for link in mail["links"] if link.startswith(self.city.url)]

    def visitor(self, role, name=None):
        return Visitor(self.city, name or role, self.city.account(role)).signs_in()

    def _clerk(self):
        """Old records come in, a pack is published, somebody is made staff."""
        old, pack = self.city.folder / "old-portal", self.city.folder / "pack"
        old.mkdir()
        (old / "contacts.csv").write_text(CONTACTS)
        (old / "cases.csv").write_text(CASES)
        (old / "case_contacts.csv").write_text(PARTS)
        run(self.city.folder, "import", "legacy", old)
        shutil.copytree(ROOT / "Cities/boulder", pack)
        settings = pack / "city.yaml"
        settings.write_text(settings.read_text().replace("response_working_days: 3", "response_working_days: 5"))
        run(self.city.folder, "city", "publish", pack, "--why", "Five days to answer")
        # Nothing in a demo city changes a status yet, so the link of the email about it is made by hand.
        token = "a" * 32
        with sqlite3.connect(self.city.folder / "groundwork.sqlite") as db:
            db.execute("INSERT INTO following_stop SELECT ?, id, ? FROM account ORDER BY id LIMIT 1",
                       (hashlib.sha256(token.encode()).hexdigest(), int(time.time() * 1_000_000)))
        db.close()
        self.addresses.append(f"/following/stop-emails/{token}")
        self.invitation = run(self.city.folder, "staff", "create", "new.hand@city-staff.example", "--role", "intake")

    def _registers(self, email, first, last):
        person = Visitor(self.city, email)
        person.sends("/register", {"email": email})
        person.sends(link_in(self.city.mail(email)), {}, having={"token"}, form="/register/confirm")
        person.sends("/register/finish", {"first_name": first, "last_name": last, "phone": "303-555-0142", "password": PASSWORD})
        return person

    def _registrations(self):
        """The first of a company becomes its owner, another asks to be let in; the company's other address is told."""
        self.owner = self._registers("first@pika.example", "Pia", "Quist")
        self.city.mail("second@pika.example")
        self._registers("second@pika.example", "Nils", "Quist")
        self.owner.account = {"email": "first@pika.example", "password": PASSWORD}
        self.people.append(("owner of a new company", self.owner))
        Visitor(self.city, "guest").sends(link_in(self.city.mail("third@pika.example")), {}, having={"once"}, form="/objection")

    def _requests(self):
        number = self.city.account("unregistered person")["cases"][0]
        guest = Visitor(self.city, "guest")
        received = guest.sends("/access-request", {"case": number, "part": "I own the house", "email": "guest@example.org"})
        guest.addresses = [received.path]
        self.people.append(("guest who asked for access", guest))
        guest.sends("/help/primary-email", {
            "company": "Front Range Electric LLC", "mailbox": "front.office@example.org", "why": "I run the office",
            "email": "office@example.org"})
        ask = next(link for link in guest.get("/help/ask").links() if link.startswith("/help/ask/"))
        guest.sends(ask, {"about": number, "text": TYPED["question"], "email": "guest@example.org"})
        guest.sends("/register", {"email": "waiting@example.org"})
        guest.sends("/reset", {"email": self.city.account("applicant")["email"]})
        home = self.visitor("homeowner")
        home.sends("/access-request", {"case": number, "part": "I am the tenant"})
        correct = next(link for link in home.get("/help/correct").links() if link.endswith("/correct"))
        home.sends(correct, {"mobile_phone": "303-555-0177"})

    def _account(self):
        home = self.visitor("homeowner")
        home.opens("/search?q=kitchen")
        home.sends("/search?q=kitchen", {"title": "Kitchens"}, form="/searches")
        home.sends("/account/emails", {"email": "rosa.two@example.org"})
        owner = self.visitor("company owner")
        case = self.city.account("company owner")["cases"][-1]
        contacts = f"/cases/{case}/contacts"
        chosen = next(form for form in owner.get(contacts).forms() if "as" in form.selects).selects["as"]
        kind = next(option for option in chosen if option)
        for email in ("kept@example.org", "taken.off@example.org"):
            owner.sends(f"{contacts}?as={kind}&q={email}", {}, having={"email"}, form="/add-email")
        owner.sends(contacts, {}, having={"party"}, form="/remove")
        found = [f"{contacts}?as={kind}&q=Mart%C3%ADnez", f"{contacts}?as={kind}&q=someone@example.org", contacts]
        owner.sends(found[0], {"star": "1"}, having={"contact", "star"}, form="/favorite")
        self.city.mail("kept@example.org")
        organization = next(link for link in owner.get("/account").links() if "/account/organization/" in link)
        owner.sends(f"{organization}/invite", {"email": "asked@example.org"})
        self.city.mail("asked@example.org")
        self.addresses += found

    def _staff(self):
        steward = self.visitor("contact steward")
        known = self.city.account("unregistered person")
        asker = self._registers("another.address@example.org", *known["name"].split())
        request = asker.sends("/access-request", {"case": known["cases"][0], "part": TYPED["own"]}).path.split("/")[-1]
        steward.sends(f"/staff/desk/access-requests/{request}", {}, having={"contact"}, form="/link")
        self.addresses.append(f"/staff/desk/access-requests/{request}")
        self._merges(steward, asker)
        for list_ in ("/staff/desk/access-requests", "/staff/desk/questions"):
            requests = [link for link in steward.get(list_).links() if "/staff/desk/access-requests/" in link]
            self.addresses += requests
            request = requests[0]
            steward.sends(request, {}, having={"once"}, form="/assign")
            steward.sends(request, {"note": TYPED["note"]}, form="/note")
            steward.sends(request, {"reply": TYPED["reply"]}, form="/reply")
        self._clean_up(steward)

    def _merges(self, steward, asker):
        """Whoever was linked has two records and says so, which waits; two other records are one, were two again, and are one."""
        merging.propose(asker, TYPED["own"])
        asker.addresses = ["/account/contacts/same", "/account/data"]
        self.people.append(("somebody with two records", asker))
        known, own = merging.contact(steward, "Rosa%20Mart"), merging.contact(steward, "another.address@example.org")
        one, other = merging.contact(steward, "Pia%20Quist"), merging.contact(steward, "Nils%20Quist")
        self.addresses += [merging.page(known, own), f"{known}/merge?q=a", known, "/staff/contacts?q=a"]
        self.addresses.append(merging.merge(steward, one, other))
        self.addresses += merging.undo(steward, one)
        merging.merge(steward, one, other)
        apart = next(link for link in steward.get(one).links() if "/apart/" in link)
        self.addresses += [one, apart, "/staff/desk/clean-up/proposals", merging.hold(steward, one)]

    def _clean_up(self, steward):
        """The radar has looked at everybody; a steward ticks a pair to be merged."""
        def list_to_tick():
            return next((form for form in steward.get("/staff/desk/clean-up/batch").forms() if "shown" in form.hidden), None)

        form = eventually(list_to_tick, "there are likely duplicates on the clean-up list", seconds=120)
        box = "pair-" + form.hidden["shown"].split()[0]
        self.addresses.append(steward.opens(form.action, {**form.hidden, box: "yes"}).path)

    def _claims(self):
        """Somebody shows a permit card and asks for letters; a steward prints what waits, and a card."""
        number = self.city.account("company owner")["cases"][0]
        home, applicant, steward = self.visitor("homeowner"), self.visitor("applicant"), self.visitor("contact steward")
        home.sends(f"/claim/card?case={number}", {"case": number, "code": CARD_CODE})
        self.city.mail(home.account["email"])
        for person in (home, applicant):
            person.sends("/claim/letter", {"name": "Ada Lindqvist", "street": "18 Pika Ct", "zip": "80304"})
            eventually(
                lambda: any(form.action == "/staff/desk/letters" for form in steward.get("/staff/desk/letters").forms()),
                lambda: "no letter waits to be printed")
            if person is home:
                steward.sends("/staff/desk/letters", {}, having={"once"}, form="/staff/desk/letters")
        steward.sends(f"/staff/cases/{number}/card", {}, having={"once"}, form="/card")
        steward.addresses = ["/staff/desk/letters", "/staff/desk/letters/print", f"/staff/cases/{number}/card", "/staff/claims"]
        self.people.append(("steward who printed codes", steward))

    def _second_steps(self):
        """Somebody with an app and a passkey, at the pages that lead there and at the second step itself."""
        owner = self._registers("two.steps@example.org", "Tova", "Lind")
        owner.sends("/account/security", {}, having={"once"}, form="/app/begin")
        page = owner.get("/account/security/app")
        secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page.text)[1].replace(" ", "")
        shown = owner.sends("/account/security/app", {"code": totp(secret)}, form="/account/security/app")
        assert shown.path == "/account/security/recovery-codes", shown.path
        owner.sends("/account/security", {}, having={"once"}, form="/app/begin")
        owner.sends("/account/security", {}, having={"once"}, form="/passkeys/begin")
        passkey = self._passkey(owner)
        owner.sends("/account/security", {}, having={"once"}, form="/passkeys/begin")
        owner.addresses = ["/account/security", "/account/security/app", "/account/security/recovery-codes",
                           "/account/security/passkeys/new", "/account/confirm-password", "/account/confirm-passkey", passkey]
        self.people.append(("somebody with a second step", owner))

        half = Visitor(self.city, "somebody at the second step")
        half.sends("/sign-in", {"email": "two.steps@example.org", "password": PASSWORD})
        half.addresses = ["/sign-in/second-step", "/sign-in/recovery-code"]
        self.people.append(("somebody at the second step", half))
        guest = Visitor(self.city, "somebody with a passkey")
        guest.sends("/sign-in", {}, having={"return"}, form="/sign-in/passkey/begin")
        guest.addresses = ["/sign-in/passkey"]
        self.people.append(("somebody with a passkey", guest))

    def _support(self):
        """Staff help somebody who lost the second step, and somebody who never finished an account."""
        supervisor = self.visitor("supervisor")
        account = supervisor.sends("/staff/accounts", {"email": "two.steps@example.org"}).path
        supervisor.sends(f"{account}/remove-second-step", {"why": TYPED["why"]})
        self.city.mail("two.steps@example.org")
        begun = supervisor.sends("/staff/accounts", {"email": "waiting@example.org"}).path
        assert "/staff/registrations/" in begun, begun
        self.addresses += [account, f"{account}/reset", begun]

    def _passkey(self, owner):
        """Adds a passkey, and answers the address of its page."""
        form = next(one for one in owner.get("/account/security/passkeys/new").forms() if "attestation" in one.hidden)
        challenge = re.search(r'data-challenge="(\w+)"', owner.get("/account/security/passkeys/new").text)[1]
        answer = owner.opens(form.action, {**form.hidden, "name": "Kitchen computer", **new_passkey(challenge, self.city.url)})
        assert answer.status == 200, answer.text
        return next(link for link in owner.get("/account/security").links() if "/passkeys/" in link)

    def _half_way(self):
        """People whose page only shows between two steps."""
        newcomer = Visitor(self.city, "newcomer")
        newcomer.sends("/register", {"email": "newcomer@example.org"})
        newcomer.sends(link_in(self.city.mail("newcomer@example.org")), {}, having={"token"}, form="/register/confirm")
        newcomer.addresses = ["/register/finish", "/register/check-email"]
        self.people.append(("somebody half-way through registering", newcomer))

        late = _WithKeptForm(self.city, "somebody whose session ended", self.city.account("homeowner")).signs_in()
        page = late.get("/account/details")
        late.cookies.clear()
        form = next(form for form in page.forms() if form.action == "/account/details")
        late.opens(form.action, {**form.hidden, **form.fields})
        late.sends("/sign-in", {"email": late.account["email"], "password": late.account["password"]})
        late.addresses = ["/continue"]
        self.people.append(("somebody whose session ended", late))

        asker = Visitor(self.city, "somebody who forgot the password")
        asker.sends("/reset", {"email": self.city.account("company member")["email"]})
        asker.addresses = ["/reset/check-email"]
        self.people.append(("somebody who forgot the password", asker))
