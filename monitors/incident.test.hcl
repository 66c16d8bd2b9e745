# What the rules have to do: notice the incident that they come from, and leave a healthy day alone.

test "the incident is caught and told" {
  recording = "../testdata/incident-5"

  expect "monitor.consumer_failure" {
    status          = "Alert"
    within          = "7m"
    not_before      = "2m" # a restart takes less
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

  # The backlog of the incident stays below the limit: rule 2 is for something else.
  expect "monitor.queue_depth" {
    never = ["Alert", "No Data"]
  }

  # The halves of rule 1 show the state and tell nobody.
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

test "before the incident all is quiet" {
  recording = "../testdata/incident-5"

  expect "monitor.consumer_failure" {
    status = "OK"
    at     = "incident_start-5s"
  }
}

test "a healthy day pages nobody" {
  recording = "../testdata/healthy-day"

  expect {
    silent = true
  }
}

test "a consumer that is too slow is told, once it is" {
  recording = "../testdata/slow-consumer"

  # 50 messages wait after 12m45s, and have to do so for five minutes.
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
