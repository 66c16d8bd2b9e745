test "a full disk pages the storage team" {
  recording = "../testdata/disk-full"

  # A warning while there is time to act, not at the first byte of the migration.
  expect "monitor.disk" {
    group         = { host = "db-1" }
    status        = "Warn"
    within        = "12m" # of incident_start
    not_before    = "5m"
    notifies_only = ["@slack-storage"]
  }

  # A page before the disk is full, a reminder, and the end.
  expect "monitor.disk" {
    group            = { host = "db-1" }
    status           = "Alert"
    within           = "21m"
    notifies         = ["@pagerduty-storage"]
    message_contains = ["disk of db-1", "Stop migrations"]
    recovers_within  = "2m" # of incident_end
  }
  expect "monitor.disk" {
    renotifies = 1
  }
  expect "monitor.disk" {
    group  = { host = "db-1" }
    status = "Alert"
    at     = "disk_full"
  }

  # The other host, and the other endpoint, are not affected.
  expect "monitor.disk" {
    group  = { host = "db-2" }
    silent = true
  }
  expect "monitor.latency" {
    group = "endpoint:/search"
    never = ["Alert", "No Data"]
  }

  expect "monitor.latency" {
    group         = "endpoint:/pay"
    status        = "Alert"
    after         = "disk_full"
    within        = "4m"
    notifies_only = ["@slack-checkout"]
  }
  expect "monitor.no_space" {
    status          = "Alert"
    after           = "disk_full"
    within          = "3m"
    notifies_only   = ["@pagerduty-storage"]
    recovers_within = "12m"
    recovered_after = "disk_full"
  }
  expect "monitor.migration" {
    status        = "Alert"
    after         = "disk_full"
    notifies_only = ["@slack-storage"]
  }
  expect "monitor.deadlocks" {
    never = "Alert"
  }
}
