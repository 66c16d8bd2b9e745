# The alert rules of the sock shop's shipping queue. They come out of one incident: the consumer was scaled to 0,
# orders went on succeeding, nothing logged an error, and nobody was told.

stack "sock-shop" {
  tags = ["kube_namespace:sock-shop", "team:orders"]
}

variable "notify" {
  type = object({
    critical = list(string)
    warning  = list(string)
  })
  default = {
    critical = ["@pagerduty-orders", "@slack-orders"]
    warning  = ["@slack-orders"]
  }
  description = "Handles that an alert tells, by its severity."

  validation {
    condition     = alltrue([for h in concat(var.notify.critical, var.notify.warning) : startswith(h, "@")])
    error_message = "A handle begins with @, such as @pagerduty-orders."
  }
}

locals {
  # RabbitMQ's prometheus plugin (the integration's OpenMetrics mode, per-object metrics) tags with `queue`. The
  # older management check would tag with `rabbitmq_queue` instead; a scope that mixes the two matches nothing.
  queue    = "kube_namespace:sock-shop,queue:shipping-task"
  consumer = "kube_namespace:sock-shop,kube_deployment:queue-master"

  backlog_limit = 10
  depth_limit   = 50

  recover = "kubectl -n sock-shop scale deployment/queue-master --replicas=1"
}
