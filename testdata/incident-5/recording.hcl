# The incident behind the monitors in monitors/: queue-master was scaled to 0, orders kept succeeding, no service logged
# an error, and the queue of shipping tasks grew unnoticed.
#
# Times are those of the incident report (IST, UTC+05:30); logs and events are in UTC. The report gives every value at
# the phases, the linear growth, which logs exist and which are missing, and the reasons and messages of the Kubernetes
# events. Other values are chosen to fit and marked with chosen = "...". The sample times are chosen too: every 15 s,
# like the Agent, and one at 19:47:17, because in the report, replicas, consumers and queue depth change at the same
# time.
#
# This is the report's story. Its author later found that some of it was never so: service and source are the names of
# images (sock-shop-queue-master), the vhost is /, shipping and queue-master print other lines, orders writes 16 lines
# for each order, a consumer needs a minute to start, and RabbitMQ was not monitored on this day, so 25 messages were
# never measured. The recordings incident-5-field and incident-5c have what was found.
#
# The data is consistent: each order is a log line of orders, a log line of shipping, a message in the queue, and two
# log lines of queue-master when it is consumed.

name     = "incident-5"
note     = "queue-master scaled to 0 for ten minutes: a consumer failure without a single error, as in the report."
source   = "INCIDENT-5: Async Processing Failure, verification guide 1.0 of 2025-11-09; the rest chosen as marked"
timezone = "Asia/Kolkata"
start    = "2025-11-09T19:17:02+05:30" # 13:47:02 UTC
end      = "2025-11-09T20:27:00+05:30" # 14:57:00 UTC
interval = "15s"

phases {
  incident_start = "19:47:17" # 14:17:17 UTC: scaled to 0
  fully_active   = "19:54:11" # 14:24:11 UTC: 25 messages waiting
  recovery_start = "19:57:33" # 14:27:33 UTC: scaled to 1
  incident_end   = "19:57:39" # 14:27:39 UTC: the new pod is ready and consumes
}

# --- Kubernetes: a deployment scaled to 0 keeps reporting 0

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:queue-master"]
  type   = "gauge"
  values = <<-EOT
    1x121                  # 19:17:02, healthy
    0x42                   # 19:47:17, no pod
    1x117                  # 19:57:47, the first sample after 19:57:39
  EOT
}

# All other deployments keep their replica.

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:orders"]
  type   = "gauge"
  values = "1x280"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:shipping"]
  type   = "gauge"
  values = "1x280"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:rabbitmq"]
  type   = "gauge"
  values = "1x280"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:payment"]
  type   = "gauge"
  values = "1x280"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:user"]
  type   = "gauge"
  values = "1x280"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:carts"]
  type   = "gauge"
  values = "1x280"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:catalogue"]
  type   = "gauge"
  values = "1x280"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:front-end"]
  type   = "gauge"
  values = "1x280"
}

# The report says that CPU drops to 0m. It does not: the metric belongs to the container, so the series ends with its
# pod, and the next pod is another series. A graph that fills the gap with 0 looks like the report, but a monitor for
# values below N gets no data.
series "kubernetes.cpu.usage.total" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:queue-master", "kube_container_name:queue-master", "pod_name:queue-master-7c58cb7bcf-mcdd5"]
  type   = "gauge"
  unit   = "nanocore"
  chosen = "the document says 10-50m before and after; each value within that, held for two minutes, is invented"
  values = <<-EOT
    11.8e6x8 11.9e6x8 20.9e6x8 13.7e6x8 12.8e6x8 17.4e6x8 14.8e6x8 23.4e6x8 11.6e6x8 12.2e6x8 23.3e6x8 18.3e6x8
    21.0e6x8 18.2e6x8 22.9e6x8 16.8e6
  EOT
}

series "kubernetes.cpu.usage.total" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:queue-master", "kube_container_name:queue-master", "pod_name:queue-master-7c58cb7bcf-ctpm9"]
  type   = "gauge"
  unit   = "nanocore"
  start  = "19:57:47"
  chosen = "as above; highest while the backlog drains"
  values = <<-EOT
    46.8e6 48.1e6 31.5e6 22.9e6x2 17.5e6x8 13.6e6x8 16.8e6x8 15.6e6x8 17.4e6x8 16.4e6x8 15.1e6x8 17.6e6x8
    21.0e6x8 22.1e6x8 11.1e6x8 15.8e6x8 12.9e6x8 17.2e6x8
  EOT
}

# --- RabbitMQ, prometheus plugin (the integration's OpenMetrics mode): tags queue and vhost

series "rabbitmq.queue.consumers" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type   = "gauge"
  values = <<-EOT
    1x121                  # 19:17:02, queue-master
    0x42                   # 19:47:17, an existing queue without consumers reports 0
    1x117                  # 19:57:47, the first sample after 19:57:39
  EOT
}

# Given: low before, linear growth from 0 at 19:47:17 to 25 at 19:54:11, a rapid drop after 19:57:39. Chosen: when
# single messages appear before and after; growth at the same rate to 37 at 19:57:39, which stays below the 50 of rule
# 2; about one task consumed per second, so that the queue is empty by 19:58:32.
series "rabbitmq.queue.messages" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type   = "gauge"
  unit   = "message"
  chosen = "all but low, linear from 0 at 19:47:17 to 25 at 19:54:11, a rapid drop after 19:57:39: see above"
  values = <<-EOT
    # 19:17:02, healthy: consumed within a second
    0x25 1 0x10 1 0x20 1 0x41 1 0x10 1 0x10
    # 19:47:17, no consumer: a task every 16.56 s
    0 0 1 2 3 4 5 6 7 8 9 9 10 11 12 13 14 15 16 17 18 19 19 20 21 22 23 24
    # 19:54:17, the document counts 25 at 19:54:11
    25 26 27 28 28 29 30 31 32 33 34 35 36 37
    31 14 0                # 19:57:47, consumed again, about one a second
    # 19:58:32, drained
    0x50 1 0x10 1 0x20 1 0x20 1 0x10
  EOT
}

series "rabbitmq.queue.messages.ready" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type   = "gauge"
  unit   = "message"
  chosen = "as rabbitmq.queue.messages"
  values = <<-EOT
    0x121                  # 19:17:02, healthy: consumed within a second
    # 19:47:17, no consumer: a task every 16.56 s
    0 0 1 2 3 4 5 6 7 8 9 9 10 11 12 13 14 15 16 17 18 19 19 20 21 22 23 24
    # 19:54:17, the document counts 25 at 19:54:11
    25 26 27 28 28 29 30 31 32 33 34 35 36 37
    30 13 0                # 19:57:47, consumed again, about one a second
    0x114                  # 19:58:32, drained
  EOT
}

series "rabbitmq.queue.messages.unacked" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type   = "gauge"
  unit   = "message"
  chosen = "as rabbitmq.queue.messages; 0 without a consumer is given"
  values = <<-EOT
    # 19:17:02, healthy: consumed within a second
    0x25 1 0x10 1 0x20 1 0x41 1 0x10 1 0x10
    0x28                   # 19:47:17, no consumer: a task every 16.56 s
    0x14                   # 19:54:17, the document counts 25 at 19:54:11
    1 1 0                  # 19:57:47, consumed again, about one a second
    # 19:58:32, drained
    0x50 1 0x10 1 0x20 1 0x20 1 0x10
  EOT
}

# The number of messages that shipping published in the 15 s before each sample.
#
# The report queries rabbitmq.queue.messages.publish.count{queue:shipping-task}, which does not exist: publish.count is
# a metric of the management check, which has the tag rabbitmq_queue; queue is a tag of the Prometheus plugin, whose
# counter is published.count. Both are recorded here, each with its own tags, so that queries for either can be
# replayed.
series "rabbitmq.queue.messages.published.count" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type   = "count"
  unit   = "message"
  chosen = "given: steady, no dip and no spike; 25 in the 414 s up to 19:54:11 make one every 16.56 s, here as throughout"
  values = <<-EOT
    0 1x3 0 1x10 0 1x10 0 1x10 0 1x9 0 1x10 0 1x9 0 1x10 0 1x9 0 1x10 0 1x10 0 1x10 0 1x9 0 1x10 0 1x9 0 1x10 0
    1x9 0 1x10 0 1x9 0 1x10 0 1x10 0 1x10 0 1x9 0 1x10 0 1x9 0 1x10 0 1x9
  EOT
}

# --- RabbitMQ, management check: tags rabbitmq_queue and rabbitmq_vhost; only metrics that the plugin does not have

# A running total recorded as a gauge: as_count() has no effect on it.
series "rabbitmq.queue.messages.publish.count" {
  tags   = ["kube_namespace:sock-shop", "rabbitmq_queue:shipping-task", "rabbitmq_vhost:sock-shop"]
  type   = "gauge"
  unit   = "message"
  chosen = "as published.count; it begins at what 5h44m at that pace come to"
  values = <<-EOT
    1247+1x4 1250+1x11 1260+1x11 1270+1x11 1280+1x10 1289+1x11 1299+1x10 1308+1x11 1318+1x10 1327+1x11
    1337+1x11 1347+1x11 1357+1x10 1366+1x11 1376+1x10 1385+1x11 1395+1x10 1404+1x11 1414+1x10 1423+1x11
    1433+1x11 1443+1x11 1453+1x10 1462+1x11 1472+1x10 1481+1x11 1491+1x10
  EOT
}

# The fields messages_ready and messages_unacknowledged of /api/queues/sock-shop/shipping-task.
series "rabbitmq.queue.messages_ready" {
  tags   = ["kube_namespace:sock-shop", "rabbitmq_queue:shipping-task", "rabbitmq_vhost:sock-shop"]
  type   = "gauge"
  unit   = "message"
  chosen = "as rabbitmq.queue.messages; 25 with no consumer and 0 after recovery are given"
  values = <<-EOT
    0x121                  # 19:17:02, healthy: consumed within a second
    # 19:47:17, no consumer: a task every 16.56 s
    0 0 1 2 3 4 5 6 7 8 9 9 10 11 12 13 14 15 16 17 18 19 19 20 21 22 23 24
    # 19:54:17, the document counts 25 at 19:54:11
    25 26 27 28 28 29 30 31 32 33 34 35 36 37
    30 13 0                # 19:57:47, consumed again, about one a second
    0x114                  # 19:58:32, drained
  EOT
}

series "rabbitmq.queue.messages_unacknowledged" {
  tags   = ["kube_namespace:sock-shop", "rabbitmq_queue:shipping-task", "rabbitmq_vhost:sock-shop"]
  type   = "gauge"
  unit   = "message"
  chosen = "as rabbitmq.queue.messages; 0 with no consumer and 1 after recovery are given"
  values = <<-EOT
    # 19:17:02, healthy: consumed within a second
    0x25 1 0x10 1 0x20 1 0x41 1 0x10 1 0x10
    0x28                   # 19:47:17, no consumer: a task every 16.56 s
    0x14                   # 19:54:17, the document counts 25 at 19:54:11
    1 1 0                  # 19:57:47, consumed again, about one a second
    # 19:58:32, drained: here the document reads messages 0 and messages_unacknowledged 1
    1 0x49 1 0x10 1 0x20 1 0x20 1 0x10
  EOT
}

# --- Logs: 1023 lines, the number in the report. The patterns are from the report; order ids, milliseconds, and the time
# from order to task are chosen. The consumer logs nothing between 19:47:17 (its last line) and 19:57:39, while orders
# and shipping log as usual.

logs "logs/orders.jsonl" {
  service    = "orders"
  source     = "java"
  tags       = ["kube_namespace:sock-shop", "pod_name:orders-5d9cf5b6f6-x2kzt"]
  attributes = { pod_name = "orders-5d9cf5b6f6-x2kzt", http = { method = "POST", url = "/orders", status_code = 201 } }
}

# The start of shipping at this time is chosen, to show its startup patterns. Its new pod replaced one that was ready.
logs "logs/shipping.jsonl" {
  service    = "shipping"
  source     = "java"
  tags       = ["kube_namespace:sock-shop", "pod_name:shipping-6b7d8c9f5d-h8w4q"]
  attributes = { pod_name = "shipping-6b7d8c9f5d-h8w4q", queue = "shipping-task" }
}

logs "logs/queue-master-7c58cb7bcf-mcdd5.jsonl" {
  service    = "queue-master"
  source     = "java"
  tags       = ["kube_namespace:sock-shop", "pod_name:queue-master-7c58cb7bcf-mcdd5"]
  attributes = { pod_name = "queue-master-7c58cb7bcf-mcdd5" }
}

logs "logs/queue-master-7c58cb7bcf-ctpm9.jsonl" {
  service    = "queue-master"
  source     = "java"
  tags       = ["kube_namespace:sock-shop", "pod_name:queue-master-7c58cb7bcf-ctpm9"]
  attributes = { pod_name = "queue-master-7c58cb7bcf-ctpm9" }
}

# Kubernetes events that the Agent also collects as logs (@evt.name:queue-master). "Stopping container queue-master" is
# the last line of the service queue-master in the report, so it is in the file of the pod mcdd5.
logs "logs/kubernetes.jsonl" {
  service = "kubernetes"
  source  = "kubernetes"
  tags    = ["kube_namespace:sock-shop"]
}

# --- Events: reasons and messages as shown by kubectl get events

events "events.jsonl" {
  source = "kubernetes"
  tags   = ["kube_namespace:sock-shop", "kube_name:queue-master"]
}

# Chosen, not in the report: a cluster has events all the time, here of a job every five minutes. They show that events
# are collected when nothing happens to queue-master.
events "events-routine.jsonl" {
  source = "kubernetes"
  tags   = ["kube_namespace:sock-shop", "kube_name:session-cleanup"]
}
