# Rule 2: the queue is deeper than any normal burst, whatever the cause. A consumer that is alive but too slow ends
# here, not in rule 1.

monitor "queue_depth" {
  name = "shipping-task is piling up"
  type = "query alert"

  # min over five minutes: over the limit all the time. A burst of orders that drains on its own is not told.
  query    = "min(last_5m):sum:rabbitmq.queue.messages{${local.queue}} > ${local.depth_limit}"
  priority = 3
  tags     = ["severity:warning", "service:queue-master"]

  message = <<-EOT
    {{#is_alert}}
    RabbitMQ queue depth exceeds threshold - check consumer health

    {{value}} messages wait in shipping-task (limit {{threshold}}).

    Check:
    1. consumers of the queue: with none, see the alert "RabbitMQ consumer failure on shipping-task"
    2. `kubectl -n sock-shop logs deployment/queue-master --tail=50` - does it work, and how fast?
    3. the publish rate on the dashboard "Shipping: producer vs consumer" - is there more to do than usual?

    Recover a consumer that is gone: `${local.recover}`
    One that is too slow: the same with more replicas.
    {{/is_alert}}
    {{#is_no_data}}
    Datadog gets no queue metrics from RabbitMQ: neither this rule nor "RabbitMQ consumer failure" can fire now.
    Check the RabbitMQ pod and the agent's rabbitmq check.
    {{/is_no_data}}
    {{#is_recovery}}
    The queue is back to normal.
    {{/is_recovery}}
    ${join(" ", var.notify.warning)}
  EOT

  options {
    thresholds {
      # Recovered only when half of it is gone, so that a queue around the limit does not flap.
      critical_recovery = local.depth_limit / 2
    }
    # The metric is 0 for an empty queue. It ends only if the queue is deleted, or RabbitMQ or its check is gone, and
    # then neither this rule nor rule 1 sees anything. Someone has to know.
    on_missing_data = "show_and_notify_no_data"
  }
}
