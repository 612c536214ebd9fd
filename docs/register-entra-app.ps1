<#
.SYNOPSIS
Registers an app in Entra ID for n8n-nodes-entra-sync. Without -UserSecurity it gets permissions to read only.

.DESCRIPTION
Needs PowerShell 7 and the module Microsoft.Graph.Applications (Install-Module Microsoft.Graph.Applications).
Sign in as somebody who may register apps. Consent needs a Privileged Role Administrator or Global Administrator;
the script prints the link for it.

.PARAMETER Name
Display name of the app.

.PARAMETER MultiTenant
For MSPs: customers' administrators can consent to the app in their own tenants.

.PARAMETER Certificate
Makes a self-signed certificate (two years) beside this script and registers it. Without it a client secret is made.

.PARAMETER UserSecurity
Adds the permissions of User -> Reset Password, Revoke Sessions, Enable and Disable. These write.

.EXAMPLE
./register-entra-app.ps1 -Name "Entra Sync" -MultiTenant -Certificate
#>
param(
	[string] $Name = 'Entra Sync',
	[switch] $MultiTenant,
	[switch] $Certificate,
	[switch] $UserSecurity
)
$ErrorActionPreference = 'Stop'

# What each feature needs is listed in the README; none of these can write. Take out what you do not use.
$permissions = @(
	'User.Read.All', 'Organization.Read.All', 'GroupMember.Read.All', 'LicenseAssignment.Read.All',
	'Device.Read.All', 'DeviceManagementManagedDevices.Read.All', 'Reports.Read.All', 'ReportSettings.Read.All',
	'AuditLog.Read.All', 'UserAuthenticationMethod.Read.All', 'SecurityEvents.Read.All', 'MailboxSettings.Read',
	'Domain.Read.All', 'Application.Read.All', 'RoleManagement.Read.Directory'
)
if ($UserSecurity) {
	$permissions += 'User-PasswordProfile.ReadWrite.All', 'User.RevokeSessions.All', 'User.EnableDisableAccount.All'
}

Connect-MgGraph -Scopes 'Application.ReadWrite.All' -NoWelcome
$tenantId = (Get-MgContext).TenantId

# Microsoft Graph has the same application id in every tenant; the ids of its permissions are looked up by name.
$graphAppId = '00000003-0000-0000-c000-000000000000'
$graph = Get-MgServicePrincipal -Filter "appId eq '$graphAppId'"
$access = foreach ($permission in $permissions) {
	$role = $graph.AppRoles | Where-Object { $_.Value -eq $permission -and $_.AllowedMemberTypes -contains 'Application' }
	if (-not $role) { throw "Microsoft Graph in this tenant does not offer the application permission $permission." }
	@{ id = $role.Id; type = 'Role' }
}

$app = New-MgApplication -DisplayName $Name `
	-SignInAudience ($MultiTenant ? 'AzureADMultipleOrgs' : 'AzureADMyOrg') `
	-RequiredResourceAccess @(@{ resourceAppId = $graphAppId; resourceAccess = @($access) }) `
	-Web @{ redirectUris = @('https://entra.microsoft.com') }
New-MgServicePrincipal -AppId $app.AppId | Out-Null

Write-Host "Tenant ID:  $tenantId"
Write-Host "Client ID:  $($app.AppId)"

if ($Certificate) {
	$rsa = [System.Security.Cryptography.RSA]::Create(3072)
	$request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new(
		"CN=$Name", $rsa, [System.Security.Cryptography.HashAlgorithmName]::SHA256, [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
	$now = [DateTimeOffset]::UtcNow
	$x509 = $request.CreateSelfSigned($now.AddMinutes(-5), $now.AddYears(2))
	$certificateFile = Join-Path $PSScriptRoot 'entra-sync-certificate.pem'
	$keyFile = Join-Path $PSScriptRoot 'entra-sync-private-key.pem'
	Set-Content -Path $certificateFile -Value $x509.ExportCertificatePem()
	Set-Content -Path $keyFile -Value $rsa.ExportPkcs8PrivateKeyPem()
	Update-MgApplication -ApplicationId $app.Id -KeyCredentials @(@{
		type = 'AsymmetricX509Cert'; usage = 'Verify'; key = $x509.RawData; displayName = "CN=$Name"
	})
	Write-Host "Certificate: $certificateFile"
	Write-Host "Private key: $keyFile  (paste both into the credential, then delete this file)"
} else {
	$secret = Add-MgApplicationPassword -ApplicationId $app.Id -PasswordCredential @{ displayName = 'n8n'; endDateTime = (Get-Date).AddMonths(12) }
	Write-Host "Client secret (shown once): $($secret.SecretText)"
	Write-Host "It expires on $($secret.EndDateTime)."
}

$link = "https://login.microsoftonline.com/$tenantId/adminconsent?client_id=$($app.AppId)"
Write-Host ''
Write-Host "Consent for this tenant:  $link"
if ($MultiTenant) {
	Write-Host "Consent for a customer:   https://login.microsoftonline.com/<customer tenant id or domain>/adminconsent?client_id=$($app.AppId)"
}
