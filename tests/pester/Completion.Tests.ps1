# What TabExpansion2 offers: from memory only, of the place that the line names, written so that the line runs.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1'), (Join-Path $PSScriptRoot 'Support/CompletionLine.psm1') -Force
    $second = Start-TestEmulator
    $astro = Start-Astro
    $owner = ConvertTo-Secure $astro.tokens.organizationOwner.value
    Connect-Astro -Domain $astro.domain -ApiToken $owner

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
