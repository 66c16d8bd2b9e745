# Rule 1: messages pile up and there is no consumer. Neither condition alone is worth a page: consumers restart now and
# then, and a backlog drains while there is a consumer. Together they indicate the silent failure.

monitor "no_consumer" {
  name = "shipping-task has no consumer"
  type = "query alert"

  # max over two minutes: all samples must be 0 (each point covers 20 s, so Datadog may average the first sample with
  # the one before it). A restart does not alert, and the monitor recovers with the first consumer. The window is two
  # minutes instead of one because it is also how late samples can arrive before the state changes to No Data.
  query    = "max(last_2m):${local.consumers_query} < 1"
  priority = 5
  tags     = ["severity:none"]
  message  = "Member of the composite monitor.consumer_failure. Notifies no one by itself."

  options {
    # A queue without consumers reports 0. No data means that RabbitMQ or its check is down, so the state of the
    # consumers is unknown. Show No Data instead of the last state; rule 2 notifies.
    on_missing_data = "show_no_data"
  }
}

monitor "backlog" {
  name = "shipping-task has a backlog"
  type = "query alert"

  # min over two minutes: the backlog lasts for the whole window. A burst that drains sooner does not alert.
  query    = "min(last_2m):${local.messages_query} > ${local.backlog_limit}"
  priority = 5
  tags     = ["severity:none"]
  message  = "Member of the composite monitor.consumer_failure. Notifies no one by itself."

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

    Orders are accepted and paid but not shipped: shipping-task has no consumer and more than ${local.backlog_limit} messages waiting.
    No service logs an error during this failure.

    Check:
    1. `kubectl -n sock-shop get deployment queue-master` - READY 0/0 means that it was scaled to 0
    2. `kubectl -n sock-shop get events --sort-by='.lastTimestamp' | grep queue-master` - when it was scaled, or why it crashed
    3. The dashboard "Shipping: producer vs consumer" - shipping publishes, queue-master logs nothing

    Recover: `${local.recover}`
    The backlog drains by itself once there is a consumer again. No orders are lost.
    {{/is_alert}}
    {{#is_recovery}}
    queue-master is consuming again, or the backlog is gone. Check that the queue depth returns to 0.
    {{/is_recovery}}
    ${join(" ", var.notify.critical)}
  EOT

  options {
    include_tags      = true
    renotify_interval = 30
    renotify_statuses = ["alert"]
    # With one member in No Data and the other in Alert, the composite's result becomes No Data, and a composite that
    # does not notify of No Data keeps its last state. (With the other member OK, it is OK.) Rules 2 and 3 page for
    # missing data.
    notify_no_data = false
  }

  lifecycle {
    prevent_destroy = true
  }
}
