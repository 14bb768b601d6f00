const status = document.querySelector("[data-auth-status]")
fetch("/api/auth/status")
  .then((response) => response.json())
  .then((body) => {
    if (status) status.textContent = body.authenticated ? "Signed in" : "Signed out"
  })
  .catch(() => {
    if (status) status.textContent = "Not reachable"
  })
