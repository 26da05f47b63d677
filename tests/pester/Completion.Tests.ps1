# What TabExpansion2 offers: from memory only, of the place that the line names, written so that the line runs.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1'), (Join-Path $PSScriptRoot 'Support/TestVault.psm1') -Force
    $second = Start-TestEmulator
    $astro = Start-Astro
    $owner = ConvertTo-Secure $astro.tokens.organizationOwner.value
    Connect-Astro -Domain $astro.domain -ApiToken $owner

    # A caret marks the cursor; without one it is at the end.
    function Get-Completion([string] $Line) {
        $cursor = $Line.IndexOf('^')
        if ($cursor -lt 0) { $cursor = $Line.Length } else { $Line = $Line.Remove($cursor, 1) }
        TabExpansion2 $Line $cursor
    }
    function Get-Text([string] $Line) { (Get-Completion $Line).CompletionMatches | Where-Object ResultType -EQ ParameterValue | ForEach-Object CompletionText }
    function Get-Line([string] $Line) {
        $completion = Get-Completion $Line
        $Line = $Line.Replace('^', '')
        $completion.CompletionMatches.Count | Should -Be 1 -Because $Line
        $Line.Remove($completion.ReplacementIndex, $completion.ReplacementLength).Insert($completion.ReplacementIndex, $completion.CompletionMatches[0].CompletionText)
    }
}
AfterAll {
    Disconnect-Astro -All
    $astro, $second | Stop-TestEmulator
}

Describe 'completion in an empty session' {
    It 'offers nothing that nobody has shown, and asks nobody' {
        $other = [powershell]::Create()
        try {
            $line = 'Get-AstroApiToken -Id c'
            $null = $other.AddScript("Import-Module '$(Join-Path $env:ASTROAUTH_STAGED AstroAuth.psd1)'; (TabExpansion2 '$line' $($line.Length)).CompletionMatches | Where-Object ResultType -EQ ParameterValue; `$Error.Count")
            $other.Invoke() | Should -Be 0
        }
        finally { $other.Dispose() }
    }
}

Describe 'completion from what was seen' {
    BeforeAll {
        $null = Get-AstroOrganization
        $workspaces = Get-AstroWorkspace
        $deployments = Get-AstroDeployment
        $tokens = Get-AstroApiToken
        $roles = Get-AstroRole
        $dags = 'sales-etl', 'ingest-legacy' | ForEach-Object { Get-AstroDag -Deployment $_ }
        $run = Start-AstroDagRun daily_sales -Deployment sales-etl
        $deploys = Get-AstroDeploy -Deployment sales-etl
        Clear-EmulatorRequest
    }
    AfterAll { Get-SentRequest | Should -BeNullOrEmpty -Because 'completion asks nobody' }

    It 'offers deployments of the workspace that is named: <Line>' -ForEach @(
        @{ Line = "Get-AstroApiToken -Workspace Analytics -Deployment " }
        @{ Line = "Get-AstroApiToken -Deployment ^ -Workspace analytics" }
        @{ Line = 'Get-AstroApiToken -Workspace $analytics -Deployment ' }
        @{ Line = 'Get-AstroApiToken -Workspace $analytics.Id -Deployment ' }
        @{ Line = 'Get-AstroDeployment -Workspace Analytics ' }
    ) {
        $global:analytics = $workspaces | Where-Object Name -EQ Analytics
        Get-Text $Line | Should -Be (($deployments | Where-Object WorkspaceName -EQ Analytics).Name | Sort-Object)
    }

    It 'offers deployments to copy of any workspace' {
        Get-Text 'New-AstroDeployment x -Workspace Analytics -From sales' | Should -Be 'sales-etl'
    }

    It 'gives ids of what is known by its name, with both in the list' {
        $token = $tokens | Where-Object Name -EQ dbt-cloud
        $match = (Get-Completion 'Remove-AstroApiToken dbt-c').CompletionMatches
        $match.CompletionText | Should -Be $token.Id
        $match.ListItemText | Should -Be "dbt-cloud ($($token.Id))"
        $match.ToolTip | Should -BeLike "dbt-cloud ($($token.Id)) * token, *expires 20??-??-??"
        Get-Text "Set-AstroApiToken -Id $($token.Id.Remove(20))" | Should -Be $token.Id
        Get-Text "Get-AstroDeployment -Workspace $($workspaces[0].Id.Remove(20))" | Should -Be $workspaces[0].Id
    }

    It 'goes on after a comma' {
        $ids = ($tokens | Where-Object Name -In dbt-cloud, airbyte | Sort-Object Name).Id
        Get-Line "Test-AstroApiToken -Id $($ids[0]), dbt-" | Should -Be "Test-AstroApiToken -Id $($ids[0]), $($ids[1])"
        Get-Line 'Get-AstroApiToken dbt-cloud,airb' | Should -Be 'Get-AstroApiToken dbt-cloud,airbyte'
    }

    It 'offers names of tokens with a role where the line says' {
        $ofDeployment = ($deployments | Where-Object Name -EQ sales-etl).Id
        $expected = ($tokens | Where-Object { $_.Roles.EntityId -contains $ofDeployment }).Name | Sort-Object -Unique
        $expected | Should -Not -BeNullOrEmpty
        Get-Text 'Get-AstroApiToken -Deployment sales-etl -Name ' | Should -Be $expected
        Get-Text 'Get-AstroApiToken -Scope Organization -Name ' | Should -Be (($tokens | Where-Object Scope -EQ ORGANIZATION).Name | Sort-Object -Unique)
    }

    It 'offers DAGs, tags and runs of the deployment, or of all' {
        Get-Text 'Start-AstroDagRun -Deployment sales-etl -DagId ' | Should -Be (($dags | Where-Object DeploymentName -EQ sales-etl).DagId)
        Get-Text 'Suspend-AstroDag ' | Should -Be ($dags.DagId | Sort-Object)
        Get-Text 'Get-AstroDag -Deployment sales-etl -DagId DAI' | Should -Be 'daily_sales'
        Get-Text 'Add-AstroApiTokenRole DAG_VIEWER -Deployment sales-etl -DagTag ' | Should -Be (($dags | Where-Object DeploymentName -EQ sales-etl).Tags | Sort-Object -Unique)
        Get-Text 'Get-AstroDagRun daily_sales ' | Should -Be (Get-Text 'Get-AstroDagRun daily_sales -Deployment sales-etl ')
        Invoke-Expression (Get-Line "Get-AstroDagRun daily_sales -Deployment sales-etl -RunId $($run.RunId.Remove(10))") | ForEach-Object RunId | Should -Be $run.RunId
        Get-Text 'Get-AstroDagRun monthly_close -Deployment sales-etl -RunId m' | Should -Not -Contain $run.RunId
        Clear-EmulatorRequest
    }

    It 'offers deploys, the newest first' {
        Get-Text 'Restore-AstroDeploy -Deployment sales-etl -Id ' | Should -Be ($deploys | Sort-Object CreatedOn -Descending).Id
        (Get-Completion 'Restore-AstroDeploy -Deployment sales-etl -Id ').CompletionMatches[0].ToolTip | Should -Match '^\d{4}-\d\d-\d\d \d\d:\d\dZ [A-Z_]+ [A-Z]+'
        Get-Text 'Restore-AstroDeploy -Deployment reporting -Id ' | Should -BeNullOrEmpty
    }

    It 'offers custom roles where they fit, and those that a token holds' {
        $custom = $roles | Where-Object { $_.Kind -eq 'Custom' -and $_.Scope -eq 'DEPLOYMENT' }
        $custom | Should -Not -BeNullOrEmpty
        Get-Text 'Add-AstroApiTokenRole -Deployment sales-etl -Role ' | Should -Be (@('DEPLOYMENT_ADMIN') + @($custom.Name | Sort-Object | ForEach-Object { if ($_ -match '^[A-Za-z_][\w.-]*$') { $_ } else { "'$_'" } }))
        Get-Text 'Add-AstroApiTokenRole -Workspace Analytics -Role WORKSPACE_A' | Should -Be 'WORKSPACE_ACCESSOR', 'WORKSPACE_AUTHOR'
        Get-Text 'Convert-AstroDeploymentKey -Role DEP' | Should -Contain 'DEPLOYMENT_ADMIN'
        $token = $tokens | Where-Object { $_.Roles.Count -eq 1 } | Select-Object -First 1
        Get-Text "Remove-AstroApiTokenRole -Id $($token.Id) -Role " | Should -Be $token.Roles.Role
        Get-Text "Remove-AstroRole $($custom[0].Name.Remove(3))" | Should -Contain "'$($custom[0].Name)'"
        Get-Text "Set-AstroRole '$($custom[0].Name)' -RemovePermission " | Should -Be $custom[0].Permissions
    }

    It 'offers what deployments are made of' {
        $sample = $deployments | Where-Object Name -EQ sales-etl
        Get-Text 'Set-AstroDeployment sales-etl -RemoveWorkerQueue ' | Should -Be ($sample.WorkerQueues.Name | Sort-Object)
        Get-Text "New-AstroDeployment x -RuntimeVersion '$($sample.RuntimeVersion.Remove(3))" | Should -Contain "'$($sample.RuntimeVersion)'"
        Get-Text "New-AstroDeployment x -CloudProvider $($sample.CloudProvider) -Region " | Should -Contain $sample.Region
        Get-Text 'New-AstroDeployment x -CloudProvider Gcp -Region ' | Should -Be @(($deployments | Where-Object CloudProvider -EQ GCP).Region | Sort-Object -Unique)
        Get-Text 'New-AstroWorkspace x -DefaultCluster ' | Should -Be @($deployments.ClusterName | Where-Object { $_ } | Sort-Object -Unique)
    }

    It 'offers what fits the connection that is named' {
        Get-SentRequest | Should -BeNullOrEmpty
        try {
            Connect-Astro -Name second -NoDefault -Domain $second.domain -ApiToken (ConvertTo-Secure $second.tokens.organizationOwner.value)
            $null = New-AstroWorkspace 'Only There' -Connection second
            Get-Text 'Get-AstroApiToken -Connection second -Workspace ' | Should -Be "'Only There'"
            Get-Text 'Get-AstroApiToken -Connection (Get-AstroConnection second) -Workspace Only' | Should -BeNullOrEmpty -Because 'what is not run cannot be known, and the default connection has none'
            Get-Text 'Get-AstroApiToken -Workspace Only' | Should -BeNullOrEmpty
            Get-Text 'Get-AstroApiToken -Connection second -Id ' | Should -BeNullOrEmpty
            Get-Text 'Set-AstroConnection second -Workspace Only' | Should -Be "'Only There'"
            Get-Text 'Connect-Astro -Name new -Workspace Only' | Should -Be "'Only There'"
            Get-Text 'Get-AstroDeployment -Connection SEC' | Should -Be 'second'
        }
        finally {
            Disconnect-Astro second -ErrorAction Ignore
            Clear-EmulatorRequest
        }
    }
}

Describe 'completion after a change' {
    It 'knows what was made, renamed and removed, also without -PassThru' {
        $made = New-AstroWorkspace 'Made Now'
        Get-Text 'Get-AstroWorkspace Made' | Should -Be "'Made Now'"
        Set-AstroWorkspace $made -NewName Renamed
        Get-Text 'Get-AstroWorkspace Made' | Should -BeNullOrEmpty
        Get-Text 'Get-AstroWorkspace Ren' | Should -Be 'Renamed'

        $token = New-AstroApiToken short-lived -Role WORKSPACE_MEMBER -Workspace $made
        Get-Text 'Set-AstroApiToken short-l' | Should -Be $token.Id
        Set-AstroApiToken $token.Id -Name longer-lived
        Get-Text 'Get-AstroApiToken longer' | Should -Be 'longer-lived'
        $other = New-AstroApiToken other-lived -Role WORKSPACE_MEMBER -Workspace $made
        Remove-AstroApiToken $token.Id -Confirm:$false
        Get-Text 'Get-AstroApiToken longer' | Should -BeNullOrEmpty
        Remove-AstroWorkspace $made -Confirm:$false
        Get-Text 'Get-AstroWorkspace Ren' | Should -BeNullOrEmpty
        Get-Text 'Get-AstroApiToken other-l' | Should -BeNullOrEmpty -Because 'the workspace had it'
    }

    It 'knows agents'' tokens apart from others' {
        $agent = New-AstroAgentToken agent-one -Deployment reporting
        Get-Text 'Remove-AstroAgentToken -Deployment reporting -Id agent' | Should -Be $agent.Id
        Get-Text 'Get-AstroAgentToken -Deployment sales-etl -Name agent' | Should -BeNullOrEmpty
        Get-Text 'Get-AstroApiToken agent-o' | Should -BeNullOrEmpty
        Remove-AstroAgentToken $agent.Id -Deployment reporting -Confirm:$false
        Get-Text 'Get-AstroAgentToken agent' | Should -BeNullOrEmpty
    }

    It 'forgets a custom role that was removed' {
        $null = New-AstroRole 'for a while' -LeastPrivilege DagDeploy
        Get-Text 'Remove-AstroRole for' | Should -Be "'for a while'"
        Remove-AstroRole 'for a while' -Confirm:$false
        Get-Text 'Remove-AstroRole for' | Should -BeNullOrEmpty
        Get-Text 'Add-AstroApiTokenRole -Deployment d -Role for' | Should -BeNullOrEmpty
    }
}

Describe 'completion of names that need quotes' -ForEach @{ Names = @(
        "two words", "it's", "typo $([char]0x2019)s", 'say "x"',
        "typo $([char]0x201C)x$([char]0x201D)", 'a$HOME', 'a$(1)', 'back`tick', 'a;b&c|d>e', '-dash', '@splat',
        '[a]b', 'star*', 'what?', '123', '0x10', 'a,b', '#a(b){c}', "$([char]0x2013)en", "Gr$([char]0xF6)$([char]0xDF)e", '$null', "both' and `""
    ) } {
    BeforeAll { $made = $Names | ForEach-Object { New-AstroWorkspace $_ } }
    AfterAll { $made | Remove-AstroWorkspace -Confirm:$false }

    It 'writes a line that gets the object: <_>' -ForEach $Names {
        $name = $_
        # By pattern in each kind of quotes, and by exact name after a comma; with a quote open there, PowerShell asks no completer.
        foreach ($line in 'Get-AstroWorkspace ^', "Get-AstroWorkspace '^", 'Get-AstroWorkspace "^', 'Remove-AstroWorkspace -WhatIf Analytics,^') {
            $completion = Get-Completion $line
            $match = $completion.CompletionMatches | Where-Object ListItemText -EQ $name
            @($match).Count | Should -Be 1 -Because $line
            if ($line -match '[''"]') { $match.CompletionText | Should -Match "^$($Matches[0]).*$($Matches[0])$" }
            $line = $line.Replace('^', '').Remove($completion.ReplacementIndex, $completion.ReplacementLength).Insert($completion.ReplacementIndex, $match.CompletionText)
            if ($line -match '-WhatIf') { (Get-Failure ([scriptblock]::Create($line))).Id | Should -BeNullOrEmpty -Because $line }
            else { (Invoke-Expression $line).Name | Should -BeExactly $name -Because $line }
        }
        # The beginning is found in quotes; a dash alone PowerShell takes for a parameter.
        $part = [Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($name.Substring(0, $name.Length - 1))
        (Get-Completion "Set-AstroWorkspace -Workspace '$part").CompletionMatches.ListItemText | Should -Contain $name
    }

    It 'replaces the quote that was opened, also in the middle of a line' {
        $null = Get-AstroWorkspace
        Get-Line "Get-AstroDeployment -Workspace 'Data P" | Should -Be "Get-AstroDeployment -Workspace 'Data Platform'"
        Get-Line 'Get-AstroDeployment -Workspace "data p' | Should -Be 'Get-AstroDeployment -Workspace "Data Platform"'
        Get-Line "Get-AstroWorkspace Data^ -Debug:`$false" | Should -Be "Get-AstroWorkspace 'Data Platform' -Debug:`$false"
        Get-Line "Get-AstroWorkspace 'Data'^ | Out-Null" | Should -Be "Get-AstroWorkspace 'Data Platform' | Out-Null"
        Get-Line 'Get-AstroWorkspace *form' | Should -Be "Get-AstroWorkspace 'Data Platform'"
        Get-Line '$x = if ($true) { Get-AstroDeployment -Workspace:Dat^ }' | Should -Be '$x = if ($true) { Get-AstroDeployment -Workspace:''Data Platform'' }'
    }

    It 'gives the id of a name that would deceive or move the cursor' {
        $made = New-AstroWorkspace "evil$([char]27)[2J"
        $match = (Get-Completion 'Set-AstroWorkspace evil').CompletionMatches
        $match.CompletionText | Should -Be $made.Id
        "$($match.ListItemText)$($match.ToolTip)" | Should -Not -Match '\x1b'
        Get-Text 'Get-AstroWorkspace evil' | Should -BeNullOrEmpty
        $made | Remove-AstroWorkspace -Confirm:$false
    }

    It 'escapes wildcards in names of connections, which are looked up whole' {
        Connect-Astro -Name 'a[1]' -NoDefault -SkipValidation -Domain $astro.domain -ApiToken $owner
        (Invoke-Expression (Get-Line 'Get-AstroConnection a')).Name | Should -Be 'a[1]'
        (Invoke-Expression (Get-Line 'Select-AstroConnection -PassThru a')).Name | Should -Be 'a[1]'
        Select-AstroConnection default
        Disconnect-Astro 'a[1]'
    }
}

Describe 'completion of vaults and secrets' {
    BeforeAll {
        Get-Module Microsoft.PowerShell.SecretManagement | Remove-Module
        $line = 'New-AstroApiToken x WORKSPACE_MEMBER -Vault '
    }
    AfterAll { Get-SecretVault | Unregister-SecretVault }

    It 'does not load SecretManagement, and then gives what is registered without calling a vault' {
        Get-Text $line | Should -BeNullOrEmpty
        Get-Module Microsoft.PowerShell.SecretManagement | Should -BeNullOrEmpty
        Register-SecretVault 'Team Vault' -ModuleName AstroTestVault -DefaultVault
        Register-SecretVault Locked -ModuleName AstroTestVault
        Set-TestVaultMode Locked 'Locked'
        $calls = Get-TestVaultCall 'Team Vault'
        Get-Text $line | Should -Be 'Locked', "'Team Vault'"
        (Get-Completion $line).CompletionMatches[1].ToolTip | Should -Be 'AstroTestVault vault, the default one'
        Get-Text 'Invoke-AstroApiTokenRotation -FallbackVault te' | Should -Be "'Team Vault'"
        Get-TestVaultCall 'Team Vault' | Should -Be $calls
    }

    It 'offers the secrets that were written or read, of the vault that is named, and never asks the vault' {
        Get-Text 'Connect-Astro -Vault ''Team Vault'' -SecretName ' | Should -BeNullOrEmpty
        $null = New-AstroApiToken into-vault -Role ORGANIZATION_OWNER -Scope Organization -Vault 'Team Vault' -SecretName first
        Set-Secret -Vault 'Team Vault' -Name second -SecureStringSecret $owner
        Connect-Astro -Name from-vault -NoDefault -Domain $astro.domain -Vault 'Team Vault' -SecretName second
        $calls = Get-TestVaultCall 'Team Vault'
        Get-Text 'Connect-Astro -Vault ''Team Vault'' -SecretName ' | Should -Be 'first', 'second'
        Get-Text 'Connect-Astro -SecretName fi' | Should -Be 'first'
        Get-Text 'Connect-Astro -Vault Locked -SecretName ' | Should -BeNullOrEmpty
        Get-TestVaultCall 'Team Vault' | Should -Be $calls
        $all = Get-Completion 'Connect-Astro -SecretName ' | ForEach-Object { $_.CompletionMatches | ConvertTo-Json }
        "$all" | Should -Not -Match ([regex]::Escape($astro.tokens.organizationOwner.value))
    }

    It 'knows the successor after a rotation, in place of the old token' {
        $old = New-AstroApiToken turns -Role WORKSPACE_MEMBER -Workspace Analytics -Vault 'Team Vault' -SecretName turns
        $new = Invoke-AstroApiTokenRotation $old.Id -Vault 'Team Vault' -SecretName turns -Confirm:$false
        $new.NewId | Should -Not -Be $old.Id
        Get-Text 'Get-AstroApiToken -Id turns' | Should -Be $new.NewId
    }

    It 'leaves nothing in $Error' {
        $Error.Clear()
        foreach ($line in $line, 'Connect-Astro -SecretName ', 'Get-AstroDeployment -Connection nobody -Workspace ', 'Get-AstroWorkspace [', 'Get-AstroApiToken -Id `') { $null = Get-Completion $line }
        $Error | Should -BeNullOrEmpty
    }
}

Describe 'completion of connections' {
    It 'offers saved sessions that were listed, contexts of the CLI that were read, and domains' {
        $config = Join-Path $TestDrive config.yaml
        Set-Content $config "context: astronomer_io`ncontexts:`n  astronomer_io:`n    domain: astronomer.io`n  localhost_1:`n    domain: localhost:1`n"
        Get-Text 'Import-AstroConnection local' | Should -BeNullOrEmpty
        Import-AstroConnection -Path $config
        Get-Text 'Import-AstroConnection local' | Should -Be "'localhost:1'"
        Get-Text 'Connect-Astro -Name local' | Should -Be "'localhost:1'"
        Get-Text 'Connect-Astro -Domain astro' | Should -Be 'astronomer.io'
        Get-Text 'Get-AstroConnection -ListAvailable local' | Should -BeNullOrEmpty
        Disconnect-Astro 'localhost:1', astronomer.io
        Get-Text 'Get-AstroConnection local' | Should -BeNullOrEmpty
    }
}

Describe 'completion after very much' {
    It 'keeps the newest of each kind' {
        $large = Start-TestEmulator -Arguments '--seed-tokens', '6000'
        try {
            Connect-Astro -Name large -NoDefault -Domain $large.domain -ApiToken (ConvertTo-Secure $large.tokens.organizationOwner.value)
            $all = Get-AstroApiToken -Connection large
            $all.Count | Should -BeGreaterThan 6000
            $offered = (Get-Completion 'Get-AstroApiToken -Connection large -Id ').CompletionMatches.CompletionText
            $offered | Sort-Object | Should -Be ($all.Id[-5000..-1] | Sort-Object)
            $null = Get-AstroApiToken -Connection large -Id $all.Id[0]
            Get-Text "Get-AstroApiToken -Connection large -Id $($all.Id[0])" | Should -Be $all.Id[0]
        }
        finally { Stop-TestEmulator $large }
    }
}
