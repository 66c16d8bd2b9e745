# The variant of incident-5 with a maximum length of the queue: further tasks are rejected, and shipping uses publisher
# confirms, so their orders fail with status 500.
#
# Certainty, here and in each comment: A is evidence from a machine (output of the Agent or kubectl, an answer of an
# API, the time in an id), B a count or screen reported by the author, C only expected. Everything else is chosen.
#
# Measured are the times of scaling (B), 7 orders, 3 confirmed and 4 rejected (B), and the answer of the broker's API
# during the incident: 3 messages, 3 ready, 0 unacknowledged, 0 consumers (A). Whether Datadog collected RabbitMQ's
# metrics is unclear: not at 06:22 (C), again by 02:09 of the next day (C).

name     = "incident-5c"
note     = "queue-master scaled to 0 for three minutes, with at most 3 messages in the queue: 4 of 7 tasks are rejected."
source   = "Notes of the incident's author, run of 2025-11-11; the rest chosen as marked"
start    = "2025-11-11T08:05:00Z"
end      = "2025-11-11T08:40:00Z"
interval = "15s"

phases {
  policy_set     = "08:23:20" # chosen: before the queue's consumer was stopped
  incident_start = "08:23:40" # scaled to 0 (B)
  full           = "08:24:45" # chosen: the third order
  first_rejected = "08:24:58" # chosen: the fourth order
  recovery_start = "08:27:00" # scaled to 1 (B)
  incident_end   = "08:28:04" # consumes again: 57 s to 99 s after the pod's creation in other runs (A, B), here 64 s
}

# --- Kubernetes. There is no readiness probe (A), so a replica is available before it consumes.

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:queue-master"]
  type   = "gauge"
  values = <<-EOT
    1x75                   # 08:05:00
    0x14                   # 08:23:45, the first sample without a pod
    1x51                   # 08:27:15, the container runs
  EOT
}

# No other deployment is reported as unavailable (B).

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:front-end"]
  type   = "gauge"
  values = "1x140"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:orders"]
  type   = "gauge"
  values = "1x140"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:shipping"]
  type   = "gauge"
  values = "1x140"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:payment"]
  type   = "gauge"
  values = "1x140"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:user"]
  type   = "gauge"
  values = "1x140"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:carts"]
  type   = "gauge"
  values = "1x140"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:catalogue"]
  type   = "gauge"
  values = "1x140"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:rabbitmq"]
  type   = "gauge"
  values = "1x140"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:stripe-mock"]
  type   = "gauge"
  values = "1x140"
}

# The series ends with its pod (B); the author also reports it as 0 (C).
series "kubernetes.cpu.usage.total" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:queue-master", "kube_container_name:queue-master", "pod_name:queue-master-6f9c7d9b4d-hj5lq"]
  type   = "gauge"
  unit   = "nanocore"
  chosen = "not measured; a consumer with little work"
  values = "11.0e6x75"
}

series "kubernetes.cpu.usage.total" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:queue-master", "kube_container_name:queue-master", "pod_name:queue-master-6f9c7d9b4d-x8n2p"]
  type   = "gauge"
  unit   = "nanocore"
  start  = "08:27:15"
  chosen = "not measured; starting takes most of the limit of 300m"
  values = "280.0e6x3 60.0e6 11.0e6x47"
}

# --- RabbitMQ, kbudde/rabbitmq_exporter 1.0.0 through the openmetrics check with namespace rabbitmq. A policy is a tag of
# its series, so with the policy each series of the queue ends and a new one begins.

series "rabbitmq.rabbitmq_queue_consumers" {
  tags = [
    "kube_namespace:sock-shop", "queue:shipping-task", "vhost:/", "durable:false", "self:1",
    "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "integration:rabbitmq-exporter",
  ]
  type   = "gauge"
  chosen = "0 is measured (A) once during the incident; its times follow from scaling and the delay of the consumer"
  values = "1x74"
}

series "rabbitmq.rabbitmq_queue_consumers" {
  tags = [
    "kube_namespace:sock-shop", "queue:shipping-task", "vhost:/", "policy:shipping-task-cap", "durable:false", "self:1",
    "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "integration:rabbitmq-exporter",
  ]
  type   = "gauge"
  start  = "08:23:30"
  chosen = "0 is measured (A) once during the incident; its times follow from scaling and the delay of the consumer"
  values = <<-EOT
    1                      # 08:23:30
    0x18                   # 08:23:45, 0 is measured (A)
    1x47                   # 08:28:15
  EOT
}

series "rabbitmq.rabbitmq_queue_messages" {
  tags = [
    "kube_namespace:sock-shop", "queue:shipping-task", "vhost:/", "durable:false", "self:1",
    "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "integration:rabbitmq-exporter",
  ]
  type   = "gauge"
  unit   = "message"
  chosen = "3 is measured (A) once during the incident; the times of the orders are chosen"
  values = "0x74"
}

series "rabbitmq.rabbitmq_queue_messages" {
  tags = [
    "kube_namespace:sock-shop", "queue:shipping-task", "vhost:/", "policy:shipping-task-cap", "durable:false", "self:1",
    "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "integration:rabbitmq-exporter",
  ]
  type   = "gauge"
  unit   = "message"
  start  = "08:23:30"
  chosen = "3 is measured (A) once during the incident; the times of the orders are chosen"
  values = <<-EOT
    0x4                    # 08:23:30
    1 2 3x13               # 08:24:30, 3 is measured (A)
    0x47                   # 08:28:15
  EOT
}

series "rabbitmq.rabbitmq_queue_messages_ready" {
  tags = [
    "kube_namespace:sock-shop", "queue:shipping-task", "vhost:/", "durable:false", "self:1",
    "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "integration:rabbitmq-exporter",
  ]
  type   = "gauge"
  unit   = "message"
  chosen = "as rabbitmq_queue_messages"
  values = "0x74"
}

series "rabbitmq.rabbitmq_queue_messages_ready" {
  tags = [
    "kube_namespace:sock-shop", "queue:shipping-task", "vhost:/", "policy:shipping-task-cap", "durable:false", "self:1",
    "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "integration:rabbitmq-exporter",
  ]
  type   = "gauge"
  unit   = "message"
  start  = "08:23:30"
  chosen = "as rabbitmq_queue_messages"
  values = "0x4 1 2 3x13 0x47"
}

series "rabbitmq.rabbitmq_queue_messages_unacknowledged" {
  tags = [
    "kube_namespace:sock-shop", "queue:shipping-task", "vhost:/", "durable:false", "self:1",
    "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "integration:rabbitmq-exporter",
  ]
  type   = "gauge"
  unit   = "message"
  chosen = "0 is measured (A) once during the incident"
  values = "0x74"
}

series "rabbitmq.rabbitmq_queue_messages_unacknowledged" {
  tags = [
    "kube_namespace:sock-shop", "queue:shipping-task", "vhost:/", "policy:shipping-task-cap", "durable:false", "self:1",
    "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "integration:rabbitmq-exporter",
  ]
  type   = "gauge"
  unit   = "message"
  start  = "08:23:30"
  chosen = "0 is measured (A) once during the incident"
  values = "0x66"
}

series "rabbitmq.rabbitmq_queue_messages_published.count" {
  tags = [
    "kube_namespace:sock-shop", "queue:shipping-task", "vhost:/", "durable:false", "self:1",
    "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "integration:rabbitmq-exporter",
  ]
  type   = "count"
  unit   = "message"
  chosen = "not measured; assumes that the broker also counts rejected tasks, because it has routed them"
  values = "0x3 1 0x5 1 0x4 1 0x3 1 0x5 1 0x4 1 0x3 1 0x4 1 0x5 1 0x3 1 0x5 1 0x4 1 0x3 1 0x5 1 0x4"
}

series "rabbitmq.rabbitmq_queue_messages_published.count" {
  tags = [
    "kube_namespace:sock-shop", "queue:shipping-task", "vhost:/", "policy:shipping-task-cap", "durable:false", "self:1",
    "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "integration:rabbitmq-exporter",
  ]
  type   = "count"
  unit   = "message"
  start  = "08:23:30"
  chosen = "not measured; assumes that the broker also counts rejected tasks, because it has routed them"
  values = "1 0x3 1x2 2 1x3 0x13 1 0x4 1 0x4 1 0x4 1 0x4 1 0x4 1 0x4 1 0x4 1 0x4 1 0x2"
}

series "rabbitmq.rabbitmq_queue_messages_delivered.count" {
  tags = [
    "kube_namespace:sock-shop", "queue:shipping-task", "vhost:/", "durable:false", "self:1",
    "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "integration:rabbitmq-exporter",
  ]
  type   = "count"
  unit   = "message"
  chosen = "not measured; from the orders and the consumer"
  values = "0x3 1 0x5 1 0x4 1 0x3 1 0x5 1 0x4 1 0x3 1 0x4 1 0x5 1 0x3 1 0x5 1 0x4 1 0x3 1 0x5 1 0x4"
}

series "rabbitmq.rabbitmq_queue_messages_delivered.count" {
  tags = [
    "kube_namespace:sock-shop", "queue:shipping-task", "vhost:/", "policy:shipping-task-cap", "durable:false", "self:1",
    "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "integration:rabbitmq-exporter",
  ]
  type   = "count"
  unit   = "message"
  start  = "08:23:30"
  chosen = "not measured; from the orders and the consumer"
  values = "1 0x18 3 0x3 1 0x4 1 0x4 1 0x4 1 0x4 1 0x4 1 0x4 1 0x4 1 0x4 1 0x2"
}

series "rabbitmq.rabbitmq_queue_max_length" {
  tags = [
    "kube_namespace:sock-shop", "queue:shipping-task", "vhost:/", "policy:shipping-task-cap", "durable:false", "self:1",
    "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "integration:rabbitmq-exporter",
  ]
  type   = "gauge"
  unit   = "message"
  start  = "08:23:30"
  chosen = "3 is the author's policy (A); its time is chosen, and its end is not documented"
  values = "3x66"
}

series "rabbitmq.rabbitmq_up" {
  tags   = ["kube_namespace:sock-shop", "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo"]
  type   = "gauge"
  chosen = "not measured; as healthy"
  values = "1x140"
}

series "rabbitmq.rabbitmq_module_up" {
  tags   = ["kube_namespace:sock-shop", "app:sock-shop", "component:rabbitmq", "service:rabbitmq", "env:demo", "module:queue"]
  type   = "gauge"
  chosen = "not measured; as healthy"
  values = "1x140"
}

absent "rabbitmq.queue.consumers" { reason = "the metric of another flavour of RabbitMQ's monitoring, which this cluster no longer used" }
absent "rabbitmq.queue.messages" { reason = "as rabbitmq.queue.consumers" }

# --- Logs. The tags service and source are the short name of the image (A), except where annotations change it. The tag
# pod_name is a tag, not an attribute (B). The status is info for standard output and error for standard error (A). The
# shapes of the lines and the rates without traffic are measured (A); the words, ids, times of single lines and suffixes
# of pod names are chosen. Two things are unlike in incident-5: business lines of shipping and queue-master have no time
# or level, and queue-master writes one line for each message, with the id of the customer, and none without messages.

# 16 lines for each order. Between 08:24:21 and 08:25:37 the 7 orders of the run, at chosen times; a rejected one adds
# 148 lines of two exceptions. All other orders are chosen, one every 75 s, to have a time with traffic before and after.
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

logs "logs/queue-master-hj5lq.jsonl" {
  service = "sock-shop-queue-master"
  source  = "sock-shop-queue-master"
  tags    = ["kube_namespace:sock-shop", "kube_deployment:queue-master", "kube_container_name:queue-master", "pod_name:queue-master-6f9c7d9b4d-hj5lq"]
}

logs "logs/queue-master-x8n2p.jsonl" {
  service = "sock-shop-queue-master"
  source  = "sock-shop-queue-master"
  tags    = ["kube_namespace:sock-shop", "kube_deployment:queue-master", "kube_container_name:queue-master", "pod_name:queue-master-6f9c7d9b4d-x8n2p"]
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
