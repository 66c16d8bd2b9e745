# Rule 1: nobody consumes while messages pile up. Neither half is worth waking anybody: a consumer restarts now and
# then, and a backlog with a consumer drains. Together they are the silent failure.

monitor "no_consumer" {
  name = "shipping-task has no consumer"
  type = "query alert"

  # max over two minutes: all samples have to be 0 (Datadog may average the first with the one before it, 20 s make a
  # point), so a restart does not count, and the first consumer that is back ends it at once. Two minutes rather than one, because the window is also how long samples may be late before the
  # state is No Data.
  query    = "max(last_2m):sum:rabbitmq.queue.consumers{${local.queue}} < 1"
  priority = 5
  tags     = ["severity:none"]
  message  = "Half of monitor.consumer_failure; tells nobody by itself."

  options {
    # A queue without consumers reports 0. No data means that RabbitMQ or its check is gone, and what the consumers
    # do is not known then: the state says so instead of keeping the last answer. It is rule 2 that tells someone.
    on_missing_data = "show_no_data"
  }
}

monitor "backlog" {
  name = "shipping-task has a backlog"
  type = "query alert"

  # min over two minutes: the backlog stood the whole time, a burst that drains within it is no backlog.
  query    = "min(last_2m):sum:rabbitmq.queue.messages{${local.queue}} > ${local.backlog_limit}"
  priority = 5
  tags     = ["severity:none"]
  message  = "Half of monitor.consumer_failure; tells nobody by itself."

  options {
    on_missing_data = "show_no_data" # as above
  }
}

monitor "consumer_failure" {
  name     = "RabbitMQ consumer failure on shipping-task"
  type     = "composite"
  query    = "${monitor.no_consumer.id} && ${monitor.backlog.id}"
  priority = 1
  tags     = ["severity:critical", "service:queue-master"]

  message = <<-EOT
    {{#is_alert}}
    RabbitMQ consumer failure - queue-master not consuming messages

    Orders are accepted and paid, and nothing is shipped: shipping-task has no consumer and over ${local.backlog_limit} messages wait.
    No service logs an error while this lasts.

    Check:
    1. `kubectl -n sock-shop get deployment queue-master` - READY 0/0 means that it was scaled down
    2. `kubectl -n sock-shop get events --sort-by='.lastTimestamp' | grep queue-master` - by whom, or why it crashed
    3. the dashboard "Shipping: producer vs consumer" - shipping publishes, queue-master is silent

    Recover: `${local.recover}`
    The backlog drains by itself once a consumer is back; no order is lost.
    {{/is_alert}}
    {{#is_recovery}}
    queue-master consumes again, or the backlog is gone. Watch the queue depth go to 0.
    {{/is_recovery}}
    ${join(" ", var.notify.critical)}
  EOT

  options {
    include_tags      = true
    renotify_interval = 30
    renotify_statuses = ["alert"]
    # With one member in No Data and the other in Alert the result is No Data, and a composite that does not notify of
    # that keeps its last state (with the other one OK it is OK). It does not page for missing data itself, because
    # rules 2 and 3 do.
    notify_no_data = false
  }

  lifecycle {
    prevent_destroy = true
  }
}
