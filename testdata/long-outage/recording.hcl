# A long outage, chosen to show each value of the monitors: values exactly at a threshold and just beyond it, an outage
# longer than a renotification interval, other queues and deployments with other values, and metrics that stop at the
# end.

name     = "long-outage"
note     = "queue-master is scaled to 0 for 50 minutes while other queues work. Later the Agent stops reporting."
source   = "made up"
timezone = "Asia/Kolkata"
start    = "2025-11-15T12:00:00+05:30"
end      = "2025-11-15T13:40:00+05:30"
interval = "20s"

phases {
  incident_start  = "12:10:00" # queue-master is scaled to 0, and 10 messages are waiting: the limit, but not beyond it
  backlog         = "12:14:00" # one more message
  rejecting       = "12:20:00" # RabbitMQ rejects a task every four minutes, until 12:56
  deep            = "12:26:00" # 51 messages, one more than the limit of rule 2
  half_drained    = "12:40:00" # 25 messages, half of the limit of rule 2
  incident_end    = "13:00:00" # queue-master is scaled up
  monitoring_lost = "13:20:00" # the Agent stops: no metric of the sock shop has samples from here on
}

series "rabbitmq.queue.messages" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type   = "gauge"
  unit   = "message"
  values = "0x30 10x12 11x18 50x18 51x18 26x24 25x60 15x3 5x3 0x54"
}

series "rabbitmq.queue.consumers" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type   = "gauge"
  values = "1x30 0x150 1x60"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:queue-master"]
  type   = "gauge"
  values = "1x30 0x150 1x60"
}

# --- Not the shipping queue of the sock shop: another queue and another namespace.

series "rabbitmq.queue.messages" {
  tags   = ["kube_namespace:sock-shop", "queue:emails", "vhost:sock-shop"]
  type   = "gauge"
  unit   = "message"
  values = "500x300"
}

series "rabbitmq.queue.messages" {
  tags   = ["kube_namespace:staging", "queue:shipping-task", "vhost:sock-shop"]
  type   = "gauge"
  unit   = "message"
  values = "500x300"
}

series "rabbitmq.queue.consumers" {
  tags   = ["kube_namespace:sock-shop", "queue:emails", "vhost:sock-shop"]
  type   = "gauge"
  values = "3x300"
}

series "rabbitmq.queue.consumers" {
  tags   = ["kube_namespace:staging", "queue:shipping-task", "vhost:sock-shop"]
  type   = "gauge"
  values = "3x300"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:orders"]
  type   = "gauge"
  values = "2x300"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:staging", "kube_deployment:queue-master"]
  type   = "gauge"
  values = "2x300"
}

# --- Logs: rejected tasks, and the same word in another namespace and another service.

logs "logs/shipping.jsonl" {
  service = "sock-shop-shipping"
  tags    = ["kube_namespace:sock-shop", "pod_name:shipping-58b7f6c5d4-qx7rd"]
}

logs "logs/shipping-staging.jsonl" {
  service = "sock-shop-shipping"
  tags    = ["kube_namespace:staging", "pod_name:shipping-6d8c7b5f94-r2k9w"]
}

logs "logs/payment.jsonl" {
  service = "sock-shop-payment"
  tags    = ["kube_namespace:sock-shop", "pod_name:payment-84b6d7c9f5-k5h2s"]
}
