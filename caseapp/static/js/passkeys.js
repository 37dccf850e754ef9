// <form data-passkey="create|get|sign-in"> asks the browser for a passkey when it is sent, and sends along what it
// answered. What to ask for stands in #passkey-options; for a sign-in it is fetched from the form's own address, so
// that the page itself starts no sign-in.

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const text = (buffer) =>
  btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const withBytes = (credential) => ({ ...credential, id: bytes(credential.id) });

function creation({ publicKey }) {
  return {
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: withBytes(publicKey.user),
      excludeCredentials: (publicKey.excludeCredentials ?? []).map(withBytes),
    },
  };
}

function request({ publicKey }) {
  return {
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: (publicKey.allowCredentials ?? []).map(withBytes),
    },
  };
}

function answered(credential) {
  const response = { clientDataJSON: text(credential.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function options(form) {
  if (form.dataset.passkey !== "sign-in") return JSON.parse(document.getElementById("passkey-options").textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

async function ask(form) {
  const wanted = await options(form);
  return form.dataset.passkey === "create"
    ? navigator.credentials.create(creation(wanted.creation_options))
    : navigator.credentials.get(request(wanted.request_options));
}

// A form holds its own words for a browser that gave nothing; where crispy made it, the page does.
const failed = (form) => form.querySelector("[data-passkey-failed]") ?? document.querySelector("[data-passkey-failed]");

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) {
    document.querySelector("[data-passkey-missing]")?.removeAttribute("hidden");
    continue;
  }
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed(form).hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(answered(await ask(form)));
    } catch {
      failed(form).hidden = false;
      return;
    }
    form.submit();
  });
}
