export function frontPage({ version, flags }) {
  const on = Object.keys(flags).filter((name) => flags[name])
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>POSTD</title>
<link rel="stylesheet" href="/assets/app.css">
</head>
<body>
<div id="root" data-framework="React" data-version="${version}" data-flags="${on.join(" ")}">
<main>
<h1>POSTD</h1>
<p>Plan once, post everywhere.</p>
<p data-auth-status>…</p>
<p class="version">Version ${version}</p>
</main>
</div>
<script type="module" src="/assets/app.js"></script>
</body>
</html>
`
}
