# An emulator, and its places under the names by which tests speak of them; dot-sourced for that.

Import-Module (Join-Path $PSScriptRoot 'Session.psm1') -Force
$astro = Start-Astro
$data, $analytics = $astro.workspaces
$sales = $astro.deployments[0]
