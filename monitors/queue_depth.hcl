# Rule 2: the queue is deeper than in any normal burst, whatever the cause. It detects a consumer that is running but
# too slow, which rule 1 does not.

monitor "queue_depth" {
  name = "shipping-task is piling up"
  type = "query alert"

  # min over five minutes: the queue is over the limit for the whole window. A burst that drains by itself does not
  # alert.
  query    = "min(last_5m):${local.messages_query} > ${local.depth_limit}"
  priority = 3
  tags     = ["severity:warning", "service:queue-master"]

  message = <<-EOT
    {{#is_alert}}
    RabbitMQ queue depth exceeds threshold - check consumer health

    {{value}} messages are waiting in shipping-task (limit {{threshold}}).

    Check:
    1. Consumers of the queue - without any, see the alert "RabbitMQ consumer failure on shipping-task"
    2. `kubectl -n sock-shop logs deployment/queue-master --tail=50` - is it processing messages, and how fast?
    3. The publish rate on the dashboard "Shipping: producer vs consumer" - is it higher than usual?

    Recover, if there is no consumer: `${local.recover}`
    If the consumer is too slow: the same command with more replicas.
    {{/is_alert}}
    {{#is_no_data}}
    Datadog receives no queue metrics from RabbitMQ, so neither this monitor nor "RabbitMQ consumer failure" can alert.
    Check the RabbitMQ pod and the Agent's rabbitmq check.
    {{/is_no_data}}
    {{#is_recovery}}
    The queue is back to normal.
    {{/is_recovery}}
    ${join(" ", var.notify.warning)}
  EOT

  options {
    thresholds {
      # Recovers only at half of the limit, to prevent flapping.
      critical_recovery = local.depth_limit / 2
    }
    # The metric is 0 for an empty queue. Data stops only if the queue is deleted, or if RabbitMQ or its check is down.
    # Then neither this rule nor rule 1 can detect anything, so it must notify.
    on_missing_data = "show_and_notify_no_data"
  }
}
