# The incident as it happened again, in the field: with few orders, other names of metrics and other tags of logs. The
# rules of the incident report do not alert on the queue; the rules that were added do.

test "the field: a burst of 8 orders without a consumer" {
  recording = "../testdata/incident-5-field"
  variables = { rabbitmq_flavour = "exporter" }

  # Rules 1 and 2 are blind: at most 8 messages wait.
  expect "monitor.consumer_failure" { never = ["Alert", "No Data"] }
  expect "monitor.backlog" { never = "Alert" }
  expect "monitor.queue_depth" { never = ["Alert", "No Data"] }
  expect "monitor.no_replicas" {
    status     = "Alert"
    not_before = "2m50s"
    within     = "4m"
    # The pod is available before it consumes, so rule 3 recovers first.
    recovers_within = "15s"
  }

  expect "monitor.unconsumed" {
    status           = "Alert"
    after            = "first_order"
    not_before       = "1m45s"
    within           = "3m50s"
    notifies_only    = ["@pagerduty-orders", "@slack-orders"]
    message_contains = ["has had no consumer for two minutes", "scale deployment/queue-master --replicas=1"]
    recovers_within  = "2m15s"
  }
  expect "monitor.no_consumer" {
    status = "Alert"
    within = "3m"
    silent = true
  }
  expect "monitor.waiting" {
    status     = "Alert"
    after      = "first_order"
    not_before = "1m45s"
    within     = "3m"
    silent     = true
  }
  expect "monitor.rejected_tasks" { never = "Alert" }
  expect "monitor.queue_full" { silent = true } # no maximum length, so no data
}

# On that day, RabbitMQ was not monitored. Rule 2 reports that, and rule 3 alone detects the failure.
test "the field: RabbitMQ is not monitored" {
  recording = "../testdata/incident-5-field"

  expect "monitor.consumer_failure" { never = "Alert" }
  expect "monitor.unconsumed" { never = "Alert" }
  expect "monitor.queue_depth" { never = "Alert" }
  expect "monitor.no_replicas" {
    status = "Alert"
    within = "4m"
  }
}

test "the field: a full queue without a consumer" {
  recording = "../testdata/incident-5c"
  variables = { rabbitmq_flavour = "exporter" }

  # Rules 1 and 2 are blind: at most 3 messages wait.
  expect "monitor.consumer_failure" { never = ["Alert", "No Data"] }
  expect "monitor.backlog" { never = "Alert" }
  expect "monitor.queue_depth" { never = ["Alert", "No Data"] }

  expect "monitor.rejected_tasks" {
    status           = "Alert"
    after            = "first_rejected"
    within           = "1m5s"
    notifies_only    = ["@pagerduty-orders", "@slack-orders"]
    message_contains = ["shipping-task is full"]
    recovers_within  = "4m"
  }
  expect "monitor.rejected_tasks" {
    status = "Alert"
    at     = "incident_end+1m" # five minutes after the last one
  }
  expect "monitor.queue_full" {
    status           = "Alert"
    after            = "full"
    not_before       = "1m45s"
    within           = "3m"
    notifies_only    = ["@pagerduty-orders", "@slack-orders"]
    message_contains = ["shipping-task has reached its maximum length"]
    recovers_within  = "1m30s"
  }
  # The policy ended the series with the consumer 20 s before the incident, which must not delay the alert.
  expect "monitor.unconsumed" {
    status          = "Alert"
    not_before      = "2m30s"
    within          = "4m35s"
    notifies_only   = ["@pagerduty-orders", "@slack-orders"]
    recovers_within = "2m30s"
  }
}

# Rejected tasks are found in logs, so that rule does not depend on the flavour.
test "the field: a full queue, without metrics of RabbitMQ" {
  recording = "../testdata/incident-5c"

  expect "monitor.rejected_tasks" {
    status = "Alert"
    after  = "first_rejected"
    within = "1m5s"
  }
  expect "monitor.consumer_failure" { never = "Alert" }
  expect "monitor.queue_depth" { never = "Alert" }
}

# The added rules in the recordings of the default flavour.
test "one waiting message is enough without a consumer" {
  recording = "../testdata/incident-5"

  expect "monitor.unconsumed" {
    status          = "Alert"
    not_before      = "2m15s"
    within          = "4m15s"
    notifies_only   = ["@pagerduty-orders", "@slack-orders"]
    recovers_within = "3m"
  }
  expect "monitor.waiting" {
    status     = "Alert"
    not_before = "2m15s"
    within     = "3m30s"
    silent     = true
  }
  expect "monitor.rejected_tasks" { never = "Alert" }
}

test "messages with a consumer are not a failure" {
  recording = "../testdata/slow-consumer"

  expect "monitor.waiting" {
    status = "Alert"
    silent = true
  }
  expect "monitor.unconsumed" { never = "Alert" }
}

test "the added rules alert exactly at their limits, repeat, and report missing data" {
  recording = "../testdata/long-outage"

  expect "monitor.unconsumed" {
    status          = "Alert"
    not_before      = "1m40s"
    within          = "4m"
    notifies_only   = ["@pagerduty-orders", "@slack-orders"]
    renotifies      = 1
    recovers_within = "2m30s"
  }
  expect "monitor.waiting" {
    status     = "Alert"
    not_before = "1m40s"
    within     = "3m"
    silent     = true
  }
  expect "monitor.waiting" {
    status = "No Data"
    after  = "monitoring_lost"
    within = "4m"
  }
  expect "monitor.unconsumed" { never = "No Data" }
  expect "monitor.rejected_tasks" {
    status        = "Alert"
    after         = "rejecting"
    not_before    = "0s"
    within        = "1m5s"
    notifies_only = ["@pagerduty-orders", "@slack-orders"]
    renotifies    = 1
  }
  expect "monitor.rejected_tasks" {
    status = "OK"
    at     = "incident_start-10s" # rejected payments do not count, nor does another namespace
  }
}

# The guides in the field. A silent consumer is evidence only if it logged before, so without orders before the incident the
# steps about its logs are unknown, and the conclusion follows from metrics.
test "the guide in the field: a burst of 8 orders without a consumer" {
  recording = "../testdata/incident-5-field"
  variables = { rabbitmq_flavour = "exporter" }

  expect "guide.consumer-failure" {
    at        = "incident_start-6s"
    outcome   = "could not tell" # no orders
    concludes = []
    unknown   = ["publishing", "consumer_logs", "producer_logs"]
    ok        = ["deployment", "scaling", "consumers", "backlog", "depth"]
  }
  expect "guide.consumer-failure" {
    at        = "incident_start+5m"
    outcome   = "findings"
    concludes = ["consumer_down", "producer_without_consumer"] # 8 messages are too few for silent_consumer_failure
    failed    = ["deployments", "deployment", "scaling", "consumers", "backlog"]
    ok        = ["depth", "publishing", "producer_logs", "orders"]
    unknown   = ["consumer_logs", "consumer_cpu"]
  }
  expect "guide.consumer-failure" {
    at        = "incident_end+15m"
    outcome   = "could not tell" # no orders again
    concludes = []
    unknown   = ["publishing", "consumer_logs", "producer_logs"]
  }
  expect "guide.recovery" {
    at     = "incident_end-10s"
    ok     = ["replicas"] # a minute before the consumer
    failed = ["consumers", "depth"]
  }
  expect "guide.recovery" {
    at      = "incident_end+2m"
    outcome = "healthy"
  }
  expect "guide.as_documented" {
    at        = "incident_start+5m"
    outcome   = "could not tell"
    concludes = []
    unknown   = ["consumer", "producer", "kubernetes", "missing_logs", "orders"]
  }
}

test "the guide in the field: a full queue without a consumer" {
  recording = "../testdata/incident-5c"
  variables = { rabbitmq_flavour = "exporter" }

  expect "guide.consumer-failure" {
    at      = "policy_set-20s"
    outcome = "healthy"
  }
  expect "guide.consumer-failure" {
    at        = "incident_start+3m"
    outcome   = "findings"
    concludes = ["consumer_down", "producer_without_consumer", "asymmetry"]
    failed    = ["errors", "deployment", "scaling", "consumers", "backlog", "consumer_logs", "consumer_cpu"]
    ok        = ["depth", "publishing", "producer_logs", "orders"]
  }
  # The pod is available and does not consume yet.
  expect "guide.consumer-failure" {
    at        = "incident_end-24s"
    concludes = ["producer_without_consumer", "asymmetry"]
    ok        = ["deployment"]
  }
  expect "guide.consumer-failure" {
    at      = "incident_end+11m26s"
    outcome = "healthy"
  }
  expect "guide.recovery" {
    at      = "incident_end+2m"
    outcome = "healthy"
  }
  expect "guide.as_documented" {
    at        = "incident_start+3m"
    outcome   = "could not tell"
    concludes = []
    unknown   = ["consumer", "producer", "kubernetes", "missing_logs", "orders"]
  }
}

# With the names of another flavour, no step about the queue has data. The deployment alone is not a conclusion.
test "the guide in the field: names of another flavour" {
  recording = "../testdata/incident-5-field"

  expect "guide.consumer-failure" {
    at        = "incident_start+5m"
    outcome   = "could not tell"
    concludes = []
    failed    = ["deployment", "scaling"]
    unknown   = ["consumers", "backlog", "depth", "publishing", "consumer_logs"]
  }
}

test "the guide and a slow consumer" {
  recording = "../testdata/slow-consumer"

  expect "guide.consumer-failure" {
    at        = "incident_start-5m"
    outcome   = "could not tell" # no logs
    concludes = []
    ok        = ["deployment", "consumers", "backlog", "depth"]
  }
  expect "guide.consumer-failure" {
    at        = "incident_start+15m"
    outcome   = "findings"
    concludes = ["slow_consumer"]
    ok        = ["deployment", "consumers"]
  }
  expect "guide.consumer-failure" {
    at        = "incident_end+16m"
    concludes = []
  }
}

test "the guide in a long outage, and without monitoring" {
  recording = "../testdata/long-outage"

  expect "guide.consumer-failure" {
    at        = "incident_start-1m"
    concludes = []
  }
  expect "guide.consumer-failure" {
    at        = "incident_start+20m"
    outcome   = "findings"
    concludes = ["consumer_down", "silent_consumer_failure"]
  }
  expect "guide.consumer-failure" {
    at        = "monitoring_lost+15m"
    outcome   = "could not tell"
    concludes = []
    unknown   = ["deployment", "consumers", "backlog", "depth"]
  }
}
