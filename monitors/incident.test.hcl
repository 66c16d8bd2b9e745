# The monitors must detect the incident that they were written for, and must not alert on a healthy day.

test "detects the incident and notifies on-call" {
  recording = "../testdata/incident-5"

  expect "monitor.consumer_failure" {
    status          = "Alert"
    within          = "7m"
    not_before      = "5m" # the backlog must last
    notifies_only   = ["@pagerduty-orders", "@slack-orders"]
    recovers_within = "3m"
  }

  expect "monitor.consumer_failure" {
    status           = "Alert"
    message_contains = ["queue-master not consuming messages", "scale deployment/queue-master --replicas=1"]
  }

  expect "monitor.no_replicas" {
    status           = "Alert"
    within           = "3m30s"
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
    within = "2m30s"
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

# The recording has values at and just beyond each limit, other queues, and an outage longer than renotify_interval.
test "alerts exactly at its limits, repeats, and reports missing data" {
  recording = "../testdata/long-outage"

  expect "monitor.consumer_failure" {
    status          = "Alert"
    after           = "backlog"
    not_before      = "1m40s"
    within          = "4m"
    notifies_only   = ["@pagerduty-orders", "@slack-orders"]
    renotifies      = 1
    recovers_within = "2m"
  }
  expect "monitor.no_replicas" {
    status          = "Alert"
    not_before      = "2m40s"
    within          = "4m"
    renotifies      = 1
    recovers_within = "1m30s"
  }
  expect "monitor.no_consumer" {
    status          = "Alert"
    not_before      = "1m40s"
    within          = "3m"
    silent          = true
    recovers_within = "1m30s"
  }
  expect "monitor.backlog" {
    status          = "Alert"
    after           = "backlog"
    not_before      = "1m40s"
    within          = "3m"
    silent          = true
    recovers_within = "3m"
  }
  expect "monitor.queue_depth" {
    status          = "Alert"
    after           = "deep"
    not_before      = "4m40s"
    within          = "6m"
    notifies_only   = ["@slack-orders"]
    recovered_after = "half_drained"
    recovers_within = "1m30s"
  }
  expect "monitor.queue_depth" {
    status = "Alert"
    at     = "half_drained-10s" # 26 messages, not yet half
  }

  # Rules 2 and 3 notify when the metrics stop. The members of rule 1 only show it, and rule 1 keeps its state.
  expect "monitor.no_replicas" {
    status        = "No Data"
    after         = "monitoring_lost"
    within        = "5m"
    notifies_only = ["@pagerduty-orders", "@slack-orders"]
  }
  expect "monitor.queue_depth" {
    status        = "No Data"
    after         = "monitoring_lost"
    within        = "7m"
    notifies_only = ["@slack-orders"]
  }
  expect "monitor.no_consumer" {
    status = "No Data"
    after  = "monitoring_lost"
    within = "4m"
  }
  expect "monitor.backlog" {
    status = "No Data"
    after  = "monitoring_lost"
    within = "4m"
  }
  expect "monitor.consumer_failure" { never = "No Data" }
}

# The guides conclude the same as the incident report, during the incident only.
test "the guide finds the cause" {
  recording = "../testdata/incident-5"

  expect "guide.consumer-failure" {
    at        = "incident_start-1m"
    outcome   = "healthy"
    concludes = []
  }
  expect "guide.consumer-failure" {
    at        = "incident_start+5m"
    outcome   = "findings"
    concludes = ["consumer_down", "silent_consumer_failure", "producer_without_consumer", "asymmetry"]
    ok        = ["errors", "publishing", "producer_logs", "orders"]
    failed    = ["deployments", "deployment", "scaling", "consumers", "backlog", "depth", "consumer_logs", "consumer_cpu"]
  }
  expect "guide.consumer-failure" {
    at        = "incident_end+12m21s"
    outcome   = "healthy"
    concludes = []
  }
  expect "guide.recovery" {
    at     = "incident_start+5m"
    failed = ["replicas", "consumers", "depth", "consumer_logs"]
  }
  expect "guide.recovery" {
    at      = "incident_end+3m"
    outcome = "healthy"
  }
  expect "guide.as_documented" {
    at        = "incident_start+5m"
    concludes = ["consumer_silent"]
  }
}

test "the guide concludes nothing on a healthy day" {
  recording = "../testdata/healthy-day"

  expect "guide.consumer-failure" {
    at        = "12:00:00"
    concludes = []
  }
  expect "guide.consumer-failure" {
    at        = "large_burst+30s" # 54 messages wait, with a consumer
    concludes = []
    ok        = ["deployment", "consumers"]
    failed    = ["depth"]
  }
}
