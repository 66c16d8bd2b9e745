# Rule 1 waits for more than 10 messages. In the field, the queue never had more than 8 during such a failure, so it did
# not alert. Without a consumer, a single message is a failure: it waits forever.

monitor "waiting" {
  name = "shipping-task has waiting messages"
  type = "query alert"

  # min over two minutes: queue-master consumes a message within seconds, so only a message that waits alerts.
  query    = "min(last_2m):${local.messages_query} > 0"
  priority = 5
  tags     = ["severity:none"]
  message  = "Member of the composite monitor.unconsumed. Notifies no one by itself."

  options {
    on_missing_data = "show_no_data" # as in monitor.no_consumer
  }
}

monitor "unconsumed" {
  name     = "Messages wait in shipping-task without a consumer"
  type     = "composite"
  query    = "${monitor.no_consumer.id} && ${monitor.waiting.id}"
  priority = 1
  tags     = ["severity:critical", "service:queue-master"]

  message = <<-EOT
    {{#is_alert}}
    shipping-task has messages, and has had no consumer for two minutes

    Orders are accepted and paid but not shipped. No service logs an error during this failure.

    Check:
    1. `kubectl -n sock-shop get deployment queue-master` - READY 0/0 means that it was scaled to 0
    2. `ddmon verify consumer-failure`, or the dashboard "Shipping: producer vs consumer"

    Recover: `${local.recover}`
    queue-master consumes about a minute after its pod has started. Do not restart RabbitMQ: the queue is not durable.
    {{/is_alert}}
    {{#is_recovery}}
    queue-master is consuming again, or no message waits. Check that the queue depth returns to 0.
    {{/is_recovery}}
    ${join(" ", var.notify.critical)}
  EOT

  options {
    include_tags      = true
    renotify_interval = 30
    renotify_statuses = ["alert"]
    notify_no_data    = false # as in monitor.consumer_failure
  }
}
