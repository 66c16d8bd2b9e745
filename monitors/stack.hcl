# Monitors for the sock shop's shipping queue, written after an incident: the consumer was scaled to 0, orders kept
# succeeding, no service logged an error, and no one was notified.

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
  description = "Handles to notify, by severity."

  validation {
    condition     = alltrue([for h in concat(var.notify.critical, var.notify.warning) : startswith(h, "@")])
    error_message = "A handle must begin with @, such as @pagerduty-orders."
  }
}

locals {
  queue    = local.rabbitmq.queue
  consumer = "kube_namespace:sock-shop,kube_deployment:queue-master"

  # Searches of logs use the name of the pod: the tag service is the name of the image, unless it is configured.
  consumer_logs = "kube_namespace:sock-shop pod_name:queue-master*"
  shipping_logs = "kube_namespace:sock-shop pod_name:shipping*"
  orders_logs   = "kube_namespace:sock-shop pod_name:orders*"

  backlog_limit = 10
  depth_limit   = 50

  recover = "kubectl -n sock-shop scale deployment/queue-master --replicas=1"
}
