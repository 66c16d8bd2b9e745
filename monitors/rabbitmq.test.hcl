# The rules and guides on a recording of a real RabbitMQ, whose only consumer was stopped for nine and a half minutes
# while a task was published every four seconds on average. It has no Kubernetes metrics, events or pods.

test "a real RabbitMQ without a consumer" {
  for_each  = toset(["prometheus", "management"])
  recording = "../testdata/rabbitmq-real"
  variables = { rabbitmq_flavour = each.key }

  # Rule 1: more than 10 tasks wait after 45 seconds, and must do so for two minutes.
  expect "monitor.consumer_failure" {
    status          = "Alert"
    not_before      = "2m20s"
    within          = "4m45s"
    notifies_only   = ["@pagerduty-orders", "@slack-orders"]
    renotifies      = 0
    recovers_within = "2m15s"
  }
  expect "monitor.no_consumer" {
    status          = "Alert"
    not_before      = "1m40s"
    within          = "3m10s"
    silent          = true
    recovers_within = "1m30s"
  }
  expect "monitor.backlog" {
    status          = "Alert"
    not_before      = "2m20s"
    within          = "3m50s"
    silent          = true
    recovers_within = "3m"
  }

  # Rule 2: more than 50 tasks wait after three and a half minutes, and must do so for five minutes.
  expect "monitor.queue_depth" {
    status          = "Alert"
    not_before      = "8m30s"
    within          = "9m45s"
    notifies_only   = ["@slack-orders"]
    recovers_within = "3m"
  }

  # The added rule does not wait for a backlog: any task that waits for two minutes is enough.
  expect "monitor.unconsumed" {
    status          = "Alert"
    not_before      = "1m40s"
    within          = "4m"
    notifies_only   = ["@pagerduty-orders", "@slack-orders"]
    recovers_within = "2m15s"
  }
  expect "monitor.waiting" {
    status          = "Alert"
    not_before      = "1m40s"
    within          = "3m20s"
    silent          = true
    recovers_within = "3m"
  }

  # Rule 3 and the rule for rejected tasks have no data: the recording declares that there were no deployments and pods.
  expect "monitor.no_replicas" { never = ["Alert", "OK"] }
  expect "monitor.rejected_tasks" { never = "Alert" }
}

# The broker reports a task or two as waiting now and then, because it reports the state of some seconds ago.
test "a real RabbitMQ with a consumer" {
  for_each  = toset(["prometheus", "management"])
  recording = "../testdata/rabbitmq-real"
  variables = { rabbitmq_flavour = each.key }

  expect "monitor.unconsumed" {
    status = "OK"
    at     = "incident_start-1s"
  }
  expect "monitor.unconsumed" {
    status = "OK"
    at     = "incident_end+4m"
  }

  expect "monitor.consumer_failure" {
    status = "OK"
    at     = "incident_start-1s"
  }
  expect "monitor.queue_depth" {
    status = "OK"
    at     = "incident_start-1s"
  }
  expect "monitor.consumer_failure" {
    status = "OK"
    at     = "incident_end+4m"
  }
  expect "monitor.queue_depth" {
    status = "OK"
    at     = "incident_end+4m"
  }
}

# The guide cannot say that the deployment was scaled down, but it concludes from RabbitMQ alone that there is no
# consumer. Steps about what the recording does not have are unknown, and their silence is never evidence.
test "the guide on a real RabbitMQ" {
  for_each  = toset(["prometheus", "management"])
  recording = "../testdata/rabbitmq-real"
  variables = { rabbitmq_flavour = each.key }

  expect "guide.consumer-failure" {
    at        = "incident_start-1m"
    outcome   = "could not tell"
    concludes = []
    ok        = ["errors", "consumers", "backlog", "depth", "publishing"]
    unknown   = ["deployments", "deployment", "scaling", "consumer_logs", "consumer_cpu", "producer_logs", "orders"]
  }
  # "errors" fails too: the broker warns that a client closed its connection, which it did not do before.
  expect "guide.consumer-failure" {
    at        = "incident_start+5m"
    outcome   = "findings"
    concludes = ["producer_without_consumer"]
    ok        = ["publishing"]
    failed    = ["errors", "consumers", "backlog", "depth"]
    unknown   = ["deployments", "deployment", "scaling", "consumer_logs", "consumer_cpu", "producer_logs", "orders"]
  }
  expect "guide.consumer-failure" {
    at        = "incident_end+4m"
    outcome   = "could not tell"
    concludes = []
    ok        = ["consumers", "backlog", "depth", "publishing"]
    unknown   = ["deployments", "deployment", "scaling", "consumer_logs", "consumer_cpu", "producer_logs", "orders"]
  }
  expect "guide.recovery" {
    at      = "incident_end+4m"
    ok      = ["consumers", "depth"]
    unknown = ["replicas", "consumer_logs"]
  }

  # Here the tag service has the values of the incident report, so its log queries work.
  expect "guide.as_documented" {
    at        = "incident_start+5m"
    concludes = ["consumer_silent"]
    ok        = ["producer"]
    failed    = ["consumer", "missing_logs"]
    unknown   = ["kubernetes", "orders"]
  }
}
