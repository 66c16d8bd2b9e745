# The names of the queue's metrics depend on how RabbitMQ is monitored. A query with the names of another flavour has no
# data and never alerts, so monitors, guides and the dashboard take all names from this table.

variable "rabbitmq_flavour" {
  type        = string
  default     = "prometheus"
  nullable    = false
  description = "How RabbitMQ is monitored: prometheus, management or exporter."

  validation {
    condition     = contains(["prometheus", "management", "exporter"], var.rabbitmq_flavour)
    error_message = "The flavour must be prometheus, management or exporter."
  }
}

locals {
  rabbitmq = local.rabbitmq_flavours[var.rabbitmq_flavour]

  rabbitmq_flavours = {
    # RabbitMQ's Prometheus plugin (the integration's OpenMetrics mode). Queues have tags only with per-object metrics,
    # that is, with unaggregated_endpoint = "detailed" in the integration's configuration.
    prometheus = {
      queue      = "kube_namespace:sock-shop,queue:shipping-task"
      consumers  = "rabbitmq.queue.consumers"
      messages   = "rabbitmq.queue.messages"
      fill       = ""
      published  = { metric = "rabbitmq.queue.messages.published.count", as_rate = ".as_rate()", as_count = ".as_count()" }
      max_length = null # not reported
    }

    # The integration's check of the management API. Its counts are gauges with running totals, but it also reports
    # rates.
    management = {
      queue      = "kube_namespace:sock-shop,rabbitmq_queue:shipping-task"
      consumers  = "rabbitmq.queue.consumers"
      messages   = "rabbitmq.queue.messages"
      fill       = ""
      published  = { metric = "rabbitmq.queue.messages.publish.rate", as_rate = "", as_count = "" }
      max_length = null # not reported
    }

    # kbudde/rabbitmq_exporter through the Agent's openmetrics check with namespace "rabbitmq", which is the prefix of
    # every name. The queue's policy is a tag, so a new policy ends its series and starts others. Without fill(null), Datadog
    # would add the last value of the old series to the new one for five minutes, and count a consumer that is gone.
    exporter = {
      queue      = "kube_namespace:sock-shop,queue:shipping-task"
      consumers  = "rabbitmq.rabbitmq_queue_consumers"
      messages   = "rabbitmq.rabbitmq_queue_messages"
      fill       = ".fill(null)"
      published  = { metric = "rabbitmq.rabbitmq_queue_messages_published.count", as_rate = ".as_rate()", as_count = ".as_count()" }
      max_length = "rabbitmq.rabbitmq_queue_max_length" # only if a policy or argument limits the queue
    }
  }

  # The queries that several objects use.
  consumers_query = "sum:${local.rabbitmq.consumers}{${local.queue}}${local.rabbitmq.fill}"
  messages_query  = "sum:${local.rabbitmq.messages}{${local.queue}}${local.rabbitmq.fill}"
  published_query = "sum:${local.rabbitmq.published.metric}{${local.queue}}${local.rabbitmq.published.as_rate}"
  traffic_query   = "sum:${local.rabbitmq.published.metric}{${local.queue}}${local.rabbitmq.published.as_count} > 0"
}
