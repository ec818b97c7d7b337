// Asks the device for a passkey, puts its answer into the form and sends it. Nothing is fetched.
const form = document.querySelector("form[data-passkey]");
const problem = document.getElementById("passkey-problem");
document.getElementById("passkey-script").remove();
const { passkey, challenge, site, siteName, user, userName, userTitle, known, algorithms, now } = form.dataset;

const text = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const fill = (name, value) => (form.elements[name].value = text(value));

async function create() {
  const { response } = await navigator.credentials.create({
    publicKey: {
      challenge: new TextEncoder().encode(challenge),
      rp: { id: site, name: siteName },
      user: { id: bytes(user), name: userName, displayName: userTitle },
      pubKeyCredParams: algorithms.split(" ").map((alg) => ({ type: "public-key", alg: Number(alg) })),
      excludeCredentials: known.split(" ").filter(Boolean).map((id) => ({ type: "public-key", id: bytes(id) })),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      attestation: "none",
    },
  });
  fill("client_data", response.clientDataJSON);
  fill("attestation", response.attestationObject);
}

async function get() {
  const { rawId, response } = await navigator.credentials.get({
    publicKey: { challenge: new TextEncoder().encode(challenge), rpId: site, userVerification: "required" },
  });
  fill("credential", rawId);
  fill("client_data", response.clientDataJSON);
  fill("authenticator_data", response.authenticatorData);
  fill("signature", response.signature);
}

async function ask() {
  problem.hidden = true;
  try {
    await (passkey === "create" ? create() : get());
    form.submit();
  } catch {
    problem.hidden = false;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
if (now) ask();
