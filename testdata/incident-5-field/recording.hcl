# The incident of incident-5 as its author repeated it on the next day, with the names that the real account has: the
# tags service and source of logs, pod_name as a tag, the vhost / and the metrics of an exporter.
#
# Certainty, here and in each comment: A is evidence from a machine (output of the Agent or kubectl, an answer of an
# API, the time in an id), B a count or screen reported by the author, C only expected. Everything else is chosen.
#
# On this day RabbitMQ had no metrics in Datadog before 07:10 (A), when the exporter was connected, so the values of its
# series are what the exporter would have reported, from the orders. The metrics of the default flavour did not exist.
# Logs were not delivered before 03:44 (A). At 03:45 the consumer was stopped for three minutes, without orders (A); the
# recording begins after that. No order is known before 03:57:43, so there is no time with traffic to compare with.

name     = "incident-5-field"
note     = "queue-master scaled to 0 for five minutes, in the field: 8 orders in one burst."
source   = "Notes of the incident's author, second run of 2025-11-10; the rest chosen as marked"
start    = "2025-11-10T03:50:00Z"
end      = "2025-11-10T04:20:00Z"
interval = "15s"

phases {
  incident_start = "03:55:51" # scaled to 0 (estimated by the author)
  first_order    = "03:57:43" # B
  last_order     = "03:58:21" # B
  recovery_start = "04:00:51" # scaled to 1, the pod is created (A; another document has 04:01:03)
  incident_end   = "04:01:50" # consumes again: 57 s to 99 s after the pod's creation in other runs (A, B), here 59 s
}

# --- Kubernetes. There is no readiness probe (A), so a replica is available before it consumes.

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:queue-master"]
  type   = "gauge"
  values = <<-EOT
    1x24                   # 03:50:00
    0x20                   # 03:56:00, the first sample without a pod
    1x76                   # 04:01:00, the container runs
  EOT
}

# No other deployment is reported as unavailable (B).

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:front-end"]
  type   = "gauge"
  values = "1x120"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:orders"]
  type   = "gauge"
  values = "1x120"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:shipping"]
  type   = "gauge"
  values = "1x120"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:payment"]
  type   = "gauge"
  values = "1x120"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:user"]
  type   = "gauge"
  values = "1x120"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:carts"]
  type   = "gauge"
  values = "1x120"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:catalogue"]
  type   = "gauge"
  values = "1x120"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:rabbitmq"]
  type   = "gauge"
  values = "1x120"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:stripe-mock"]
  type   = "gauge"
  values = "1x120"
}

# The series ends with its pod (B); the author also reports it as 0 (C).
series "kubernetes.cpu.usage.total" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:queue-master", "kube_container_name:queue-master", "pod_name:queue-master-6f9c7d9b4d-9kdzv"]
  type   = "gauge"
  unit   = "nanocore"
  chosen = "not measured in this run; the incident report says 10-50m, an idle consumer uses less"
  values = "9.0e6x24"
}

series "kubernetes.cpu.usage.total" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:queue-master", "kube_container_name:queue-master", "pod_name:queue-master-6f9c7d9b4d-t4wcx"]
  type   = "gauge"
  unit   = "nanocore"
  start  = "04:01:00"
  chosen = "not measured in this run; starting takes most of the limit of 300m"
  values = "280.0e6x3 60.0e6 9.0e6x72"
}

# --- RabbitMQ, kbudde/rabbitmq_exporter 1.0.0 through the openmetrics check with namespace rabbitmq

series "rabbitmq.rabbitmq_queue_consumers" {
  tags = [
    "kube_namespace:sock-shop", "queue:shipping-task", "vhost:/", "durable:false", "self:1",
    "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "integration:rabbitmq-exporter",
  ]
  type   = "gauge"
  chosen = "expected (C): RabbitMQ was not monitored until 07:10 of this day; from the times of scaling and the delay of the consumer"
  values = <<-EOT
    1x24                   # 03:50:00
    0x24                   # 03:56:00, an existing queue without consumers reports 0
    1x72                   # 04:02:00, the first sample after 04:01:50
  EOT
}

series "rabbitmq.rabbitmq_queue_messages" {
  tags = [
    "kube_namespace:sock-shop", "queue:shipping-task", "vhost:/", "durable:false", "self:1",
    "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "integration:rabbitmq-exporter",
  ]
  type   = "gauge"
  unit   = "message"
  chosen = "expected (C): RabbitMQ was not monitored until 07:10 of this day; a depth of 8 is the author's expectation (C), its growth follows from the orders"
  values = <<-EOT
    0x31                   # 03:50:00
    1 3 6 8x14             # 03:57:45, 8 orders (B) in 38 s (B)
    0x72                   # 04:02:00
  EOT
}

series "rabbitmq.rabbitmq_queue_messages_ready" {
  tags = [
    "kube_namespace:sock-shop", "queue:shipping-task", "vhost:/", "durable:false", "self:1",
    "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "integration:rabbitmq-exporter",
  ]
  type   = "gauge"
  unit   = "message"
  chosen = "expected (C): RabbitMQ was not monitored until 07:10 of this day; as rabbitmq_queue_messages"
  values = "0x31 1 3 6 8x14 0x72"
}

series "rabbitmq.rabbitmq_queue_messages_unacknowledged" {
  tags = [
    "kube_namespace:sock-shop", "queue:shipping-task", "vhost:/", "durable:false", "self:1",
    "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "integration:rabbitmq-exporter",
  ]
  type   = "gauge"
  unit   = "message"
  chosen = "expected (C): RabbitMQ was not monitored until 07:10 of this day; without a consumer no message is unacknowledged, and each is consumed between two samples"
  values = "0x120"
}

series "rabbitmq.rabbitmq_queue_messages_published.count" {
  tags = [
    "kube_namespace:sock-shop", "queue:shipping-task", "vhost:/", "durable:false", "self:1",
    "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "integration:rabbitmq-exporter",
  ]
  type   = "count"
  unit   = "message"
  chosen = "expected (C): RabbitMQ was not monitored until 07:10 of this day; from the orders"
  values = "0x31 1 2 3 2 0x85"
}

series "rabbitmq.rabbitmq_queue_messages_delivered.count" {
  tags = [
    "kube_namespace:sock-shop", "queue:shipping-task", "vhost:/", "durable:false", "self:1",
    "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "integration:rabbitmq-exporter",
  ]
  type   = "count"
  unit   = "message"
  chosen = "expected (C): RabbitMQ was not monitored until 07:10 of this day; from the orders and the consumer"
  values = "0x48 8 0x71"
}

series "rabbitmq.rabbitmq_up" {
  tags   = ["kube_namespace:sock-shop", "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo"]
  type   = "gauge"
  chosen = "expected (C): RabbitMQ was not monitored until 07:10 of this day; as healthy"
  values = "1x120"
}

series "rabbitmq.rabbitmq_module_up" {
  tags   = ["kube_namespace:sock-shop", "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "module:queue"]
  type   = "gauge"
  chosen = "expected (C): RabbitMQ was not monitored until 07:10 of this day; as healthy"
  values = "1x120"
}

absent "rabbitmq.queue.consumers" { reason = "the metric of another flavour of RabbitMQ's monitoring, which did not exist on this day" }
absent "rabbitmq.queue.messages" { reason = "as rabbitmq.queue.consumers" }
absent "rabbitmq.rabbitmq_queue_max_length" { reason = "the queue had no maximum length" }

# --- Logs. The tags service and source are the short name of the image (A), except where annotations change it. The tag
# pod_name is a tag, not an attribute (B). The status is info for standard output and error for standard error (A). The
# shapes of the lines and the rates without traffic are measured (A); the words, ids, times of single lines and suffixes
# of pod names are chosen. Two things are unlike in incident-5: business lines of shipping and queue-master have no time
# or level, and queue-master writes one line for each message, with the id of the customer, and none without messages.

# 16 lines for each order. Eight orders between 03:57:43 and 03:58:21 (B).
logs "logs/orders.jsonl" {
  service = "sock-shop-orders"
  source  = "sock-shop-orders"
  tags    = ["kube_namespace:sock-shop", "kube_deployment:orders", "kube_container_name:orders", "pod_name:orders-7c6bd5d9f8-mz4kp"]
}

logs "logs/shipping.jsonl" {
  service = "sock-shop-shipping"
  source  = "sock-shop-shipping"
  tags    = ["kube_namespace:sock-shop", "kube_deployment:shipping", "kube_container_name:shipping", "pod_name:shipping-58b7f6c5d4-qx7rd"]
}

logs "logs/queue-master-t4wcx.jsonl" {
  service = "sock-shop-queue-master"
  source  = "sock-shop-queue-master"
  tags    = ["kube_namespace:sock-shop", "kube_deployment:queue-master", "kube_container_name:queue-master", "pod_name:queue-master-6f9c7d9b4d-t4wcx"]
}

# Health checks, logged on standard error: 57 errors a minute that mean nothing (A).
logs "logs/catalogue.jsonl" {
  service = "sock-shop-catalogue"
  source  = "sock-shop-catalogue"
  status  = "error"
  tags    = ["kube_namespace:sock-shop", "kube_deployment:catalogue", "kube_container_name:catalogue", "pod_name:catalogue-6d9f7c5b8-2jx8w"]
}

logs "logs/user.jsonl" {
  service = "sock-shop-user"
  source  = "sock-shop-user"
  status  = "error"
  tags    = ["kube_namespace:sock-shop", "kube_deployment:user", "kube_container_name:user", "pod_name:user-5f6c9d7b4c-n8v6t"]
}

logs "logs/payment.jsonl" {
  service = "sock-shop-payment"
  source  = "sock-shop-payment"
  status  = "error"
  tags    = ["kube_namespace:sock-shop", "kube_deployment:payment", "kube_container_name:payment", "pod_name:payment-84b6d7c9f5-k5h2s"]
}

# One line a minute of each MongoDB, and one for each scrape of the exporter, about every 14 s (A).
logs "logs/orders-db.jsonl" {
  service = "mongodb"
  source  = "mongodb"
  tags    = ["kube_namespace:sock-shop", "kube_deployment:orders-db", "kube_container_name:orders-db", "pod_name:orders-db-7d8b9c6f5-4fz9m"]
}

logs "logs/carts-db.jsonl" {
  service = "mongodb"
  source  = "mongodb"
  tags    = ["kube_namespace:sock-shop", "kube_deployment:carts-db", "kube_container_name:carts-db", "pod_name:carts-db-6c5d8f7b9-7tq3n"]
}

logs "logs/rabbitmq-exporter.jsonl" {
  service = "rabbitmq_exporter"
  source  = "rabbitmq_exporter"
  tags    = ["kube_namespace:sock-shop", "kube_deployment:rabbitmq", "kube_container_name:rabbitmq-exporter", "pod_name:rabbitmq-5b8c7d6f9-w6d4g"]
}

# --- Events. That kubectl showed such events is measured (A); that Datadog had them is expected (C). Suffixes of names and
# the seconds after scaling are chosen.

events "events.jsonl" {
  source = "kubernetes"
  tags   = ["kube_namespace:sock-shop", "kube_name:queue-master"]
}

# Chosen: a cluster has events all the time. They show that events are collected, also when queue-master has no events.
events "events-routine.jsonl" {
  source = "kubernetes"
  tags   = ["kube_namespace:sock-shop", "kube_name:session-cleanup"]
}
