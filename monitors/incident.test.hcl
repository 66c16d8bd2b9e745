# The monitors must detect the incident that they were written for, and must not alert on a healthy day.

test "detects the incident and notifies on-call" {
  recording = "../testdata/incident-5"

  expect "monitor.consumer_failure" {
    status          = "Alert"
    within          = "7m"
    not_before      = "2m" # a restart is shorter
    notifies_only   = ["@pagerduty-orders", "@slack-orders"]
    recovers_within = "3m"
  }

  expect "monitor.consumer_failure" {
    status           = "Alert"
    message_contains = ["queue-master not consuming messages", "scale deployment/queue-master --replicas=1"]
  }

  expect "monitor.no_replicas" {
    status           = "Alert"
    within           = "5m"
    notifies_only    = ["@pagerduty-orders", "@slack-orders"]
    message_contains = ["scaled to 0"]
    recovers_within  = "2m"
  }

  # The backlog stays below the limit of rule 2, which is for slow consumers.
  expect "monitor.queue_depth" {
    never = ["Alert", "No Data"]
  }

  # The members of the composite (rule 1) show their state and notify no one.
  expect "monitor.no_consumer" {
    status = "Alert"
    within = "4m"
    silent = true
  }
  expect "monitor.backlog" {
    status = "Alert"
    within = "6m"
    silent = true
  }
}

test "no alert before the incident" {
  recording = "../testdata/incident-5"

  expect "monitor.consumer_failure" {
    status = "OK"
    at     = "incident_start-5s"
  }
}

test "no notifications on a healthy day" {
  recording = "../testdata/healthy-day"

  expect {
    silent = true
  }
}

test "alerts on a slow consumer" {
  recording = "../testdata/slow-consumer"

  # The queue reaches 50 messages after 12m45s, and must stay above that for five minutes.
  expect "monitor.queue_depth" {
    status          = "Alert"
    not_before      = "17m"
    within          = "20m"
    notifies_only   = ["@slack-orders"]
    recovers_within = "2m"
  }
  expect "monitor.consumer_failure" { silent = true }
  expect "monitor.no_replicas" { silent = true }
}
