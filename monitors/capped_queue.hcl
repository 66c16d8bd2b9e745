# A queue with a maximum length stays short, so no limit on its depth detects a failure: further tasks are rejected, or
# dropped without a trace, and their orders are never shipped.

# The publisher's view: with publisher confirms, shipping logs each task that the broker rejects. The line has the status
# info, so a search for errors does not find it.
monitor "rejected_tasks" {
  name     = "RabbitMQ rejects shipping tasks"
  type     = "log alert"
  query    = "logs(\"${local.shipping_logs} rejected\").index(\"*\").rollup(\"count\").last(\"5m\") > 0"
  priority = 1
  tags     = ["severity:critical", "service:queue-master"]

  message = <<-EOT
    {{#is_alert}}
    RabbitMQ rejected {{value}} shipping tasks in five minutes - shipping-task is full

    Orders fail, or are paid but not shipped.

    Check:
    1. Consumers of the queue - without any, see the alert "Messages wait in shipping-task without a consumer"
    2. `rabbitmqctl list_policies` and `rabbitmqctl list_queues name messages consumers` in the pod of RabbitMQ

    Recover, if there is no consumer: `${local.recover}`
    {{/is_alert}}
    {{#is_recovery}}
    No task was rejected in the last five minutes. Check which orders were not shipped: rejected tasks are not repeated.
    {{/is_recovery}}
    ${join(" ", var.notify.critical)}
  EOT

  options {
    renotify_interval = 30
    renotify_statuses = ["alert"]
  }
}

# The broker's view, for flavours that report the maximum length.
monitor "queue_full" {
  for_each = local.rabbitmq.max_length == null ? {} : { shipping-task = local.rabbitmq.max_length }

  name = "${each.key} is full"
  type = "query alert"

  # min over two minutes: a burst can fill the queue for a moment.
  query    = "min(last_2m):${local.messages_query} / max:${each.value}{${local.queue}} >= 1"
  priority = 1
  tags     = ["severity:critical", "service:queue-master"]

  message = <<-EOT
    {{#is_alert}}
    ${each.key} has reached its maximum length - further tasks are rejected or dropped

    Check:
    1. Consumers of the queue - without any, see the alert "Messages wait in shipping-task without a consumer"
    2. `rabbitmqctl list_policies` in the pod of RabbitMQ - is the maximum length intended?

    Recover, if there is no consumer: `${local.recover}`
    {{/is_alert}}
    {{#is_recovery}}
    ${each.key} accepts tasks again.
    {{/is_recovery}}
    ${join(" ", var.notify.critical)}
  EOT

  options {
    renotify_interval = 30
    renotify_statuses = ["alert"]
    # Without a maximum length there is no data, and the queue cannot be full.
    on_missing_data = "resolve"
  }
}
