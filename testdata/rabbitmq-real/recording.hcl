# An outage of the only consumer of a queue, recorded from a real RabbitMQ. record.py ran it and asked for all values;
# convert.py wrote this file. All values are measured; none is chosen, filled in or changed.
#
# Machine   Debian GNU/Linux 12 (bookworm), version 12.11; Linux 6.18.44; x86_64, 2 CPUs
#           Other work was running: load 9 at the start and 19 at the end.
# Broker    RabbitMQ 3.10.8, Erlang/OTP 25 [erts-13.1.5]
# Packages  amqp-tools 0.11.0-1+deb12u3, erlang-base 1:25.2.3+dfsg-1+deb12u4, rabbitmq-server 3.10.8-1.1+deb12u1
# Commands  apt-get install -y rabbitmq-server amqp-tools
#           python3 record.py RAW --healthy 487 --outage 570 --drain 300 --warmup 15 --port 37670
#           python3 convert.py RAW .
# Timing    The last answer of a check came at most 816 ms after the check was due.
#
# The run has a broker, a producer and a consumer on one machine, and no Kubernetes. So:
# - The tag kube_namespace:sock-shop, by which the monitors filter, comes from the configuration of the check and of the
#   log sources, as on a host. There is no tag of a deployment or pod, and there are no Kubernetes metrics and events.
# - The consumer is a process. It consumes milliseconds after its start, not a minute later like a service that starts
#   a JVM and waits for its readiness probe.
# - The queue is not durable and has the vhost /, as in the sock shop.

name     = "rabbitmq-real"
note     = "The consumer of a real RabbitMQ stopped for 9m30s while tasks were published every 2 to 6 seconds."
source   = "a run of record.py on 2026-11-29"
start    = "2026-11-29T13:29:45Z"
end      = "2026-11-29T13:52:30Z"
interval = "15s"

phases {
  incident_start = "13:37:52" # the consumer was ended with SIGTERM
  incident_end   = "13:47:22" # another consumer was started
  drained        = "13:49:00" # the first check that finds the queue empty
}

# --- RabbitMQ, prometheus plugin, endpoint /metrics/detailed (the check's unaggregated_endpoint)

series "rabbitmq.queue.consumers" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:/"]
  type   = "gauge"
  values = <<-EOT
    # 13:29:45, healthy
    1x33
    # 13:38:00, no consumer
    0x38
    # 13:47:30, consumed again
    1x20
  EOT
}

series "rabbitmq.queue.messages" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:/"]
  type   = "gauge"
  unit   = "message"
  values = <<-EOT
    # 13:29:45, healthy
    0x10 1 0x22
    # 13:38:00, no consumer
    0 5 7 11 15 18 21 26 28 32 36 40 42 46 49 52 56 59 61 65 68 73 77 83 87 91 94 100 104 106 111 115 116 122 126
    128 133 136
    # 13:47:30, consumed again
    130 104 78 62 36 12 0x7 1 0x6
  EOT
}

series "rabbitmq.queue.messages.ready" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:/"]
  type   = "gauge"
  unit   = "message"
  values = <<-EOT
    # 13:29:45, healthy
    0x33
    # 13:38:00, no consumer
    0 5 7 11 15 18 21 26 28 32 36 40 42 46 49 52 56 59 61 65 68 73 77 83 87 91 94 100 104 106 111 115 116 122 126
    128 133 136
    # 13:47:30, consumed again
    129 103 77 61 35 11 0x14
  EOT
}

series "rabbitmq.queue.messages.unacked" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:/"]
  type   = "gauge"
  unit   = "message"
  values = <<-EOT
    # 13:29:45, healthy
    0x10 1 0x22
    # 13:38:00, no consumer
    0x38
    # 13:47:30, consumed again
    1x6 0x7 1 0x6
  EOT
}

# The plugin counts published messages by channel, so this metric has more tags than the others (channel, exchange), and
# the vhost is in another tag: queue_vhost. The counter of a channel ends with the channel. The producer kept one channel
# open. When it opened a connection for each message instead, the plugin forgot each counter within five seconds, so a
# check every 15 s missed most messages; publish.count of the management API had all of them. The first check has no
# previous one to compare with.
series "rabbitmq.queue.messages.published.count" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "queue_vhost:/"]
  type   = "count"
  unit   = "message"
  values = <<-EOT
    # 13:29:45, healthy
    _ 3 4x6 3 4 2 4 5 4x3 3 5 4 3 4 2 5 3 4x5 3 4x3
    # 13:38:00, no consumer
    2 4x2 3 4 3x2 4 3 4x2 3 4 3x5 4 3x2 5 3 6 5 4x4 3 4x2 3 4x3 3x2
    # 13:47:30, consumed again
    3 4x5 3x2 4 5 4 3 4 3 4x2 3 4 3 4
  EOT
}

# --- RabbitMQ, management API (the check's older mode), asked milliseconds after the plugin. Its numbers differ from the
# plugin's because it collects them every 5 s. Rates are averages of 5 s: one task every 4 s is 0.2 or 0.4, or 0.

series "rabbitmq.queue.consumers" {
  tags   = ["kube_namespace:sock-shop", "rabbitmq_queue:shipping-task", "rabbitmq_vhost:/"]
  type   = "gauge"
  values = <<-EOT
    # 13:29:45, healthy
    1x33
    # 13:38:00, no consumer
    0x38
    # 13:47:30, consumed again
    1x20
  EOT
}

series "rabbitmq.queue.messages" {
  tags   = ["kube_namespace:sock-shop", "rabbitmq_queue:shipping-task", "rabbitmq_vhost:/"]
  type   = "gauge"
  unit   = "message"
  values = <<-EOT
    # 13:29:45, healthy
    0x7 1 0x2 1 0x15 1 0x4 1 0
    # 13:38:00, no consumer
    0 3 7 11 15 18 21 24 28 31 34 40 42 46 49 51 54 59 61 65 68 73 77 80 87 91 94 98 104 106 109 113 116 119 124 128
    131 134
    # 13:47:30, consumed again
    130 112 87 62 36 12 0x7 1 0x6
  EOT
}

series "rabbitmq.queue.messages_ready" {
  tags   = ["kube_namespace:sock-shop", "rabbitmq_queue:shipping-task", "rabbitmq_vhost:/"]
  type   = "gauge"
  unit   = "message"
  values = <<-EOT
    # 13:29:45, healthy
    0x33
    # 13:38:00, no consumer
    0 3 7 11 15 18 21 24 28 31 34 40 42 46 49 51 54 59 61 65 68 73 77 80 87 91 94 98 104 106 109 113 116 119 124 128
    131 134
    # 13:47:30, consumed again
    129 111 86 61 35 11 0x14
  EOT
}

series "rabbitmq.queue.messages_unacknowledged" {
  tags   = ["kube_namespace:sock-shop", "rabbitmq_queue:shipping-task", "rabbitmq_vhost:/"]
  type   = "gauge"
  unit   = "message"
  values = <<-EOT
    # 13:29:45, healthy
    0x7 1 0x2 1 0x15 1 0x4 1 0
    # 13:38:00, no consumer
    0x38
    # 13:47:30, consumed again
    1x6 0x7 1 0x6
  EOT
}

series "rabbitmq.queue.messages.publish.count" {
  tags   = ["kube_namespace:sock-shop", "rabbitmq_queue:shipping-task", "rabbitmq_vhost:/"]
  type   = "gauge"
  unit   = "message"
  values = <<-EOT
    # 13:29:45, healthy
    2 5 9 13 17 20 24 29 32 35 39 42 47 51 55 59 63 67 71 74 78 81 85 89 92 97 100 104 108 112 115 119 123
    # 13:38:00, no consumer
    126 129 133 136 141 144 147 150 154 157 161 165 168 171 174 177 181 184 187 191 194 198 202 207 212 216 220 224
    229 232 235 239 242 246 250 254 258 260
    # 13:47:30, consumed again
    264 268 272 275 279 284 287 290 294 298 302 306 310 313 316 320 324 328 331 335
  EOT
}

series "rabbitmq.queue.messages.publish.rate" {
  tags   = ["kube_namespace:sock-shop", "rabbitmq_queue:shipping-task", "rabbitmq_vhost:/"]
  type   = "gauge"
  unit   = "message"
  values = <<-EOT
    # 13:29:45, healthy
    0.2x3 0.4x2 0.2x2 0.4 0.2x3 0.4 0.2x4 0.4x2 0.2x4 0.4x2 0.2x2 0 0.2x4 0.4 0.2
    # 13:38:00, no consumer
    0.2x3 0 0.4 0.2x5 0.4 0.2x3 0 0.2 0.4 0.2x6 0.4 0.2x9 0.4 0.2x2 0.4 0.2
    # 13:47:30, consumed again
    0.2 0.4 0.2x2 0 0.4 0.2x14
  EOT
}

series "rabbitmq.queue.messages.deliver.rate" {
  tags   = ["kube_namespace:sock-shop", "rabbitmq_queue:shipping-task", "rabbitmq_vhost:/"]
  type   = "gauge"
  unit   = "message"
  values = <<-EOT
    # 13:29:45, healthy
    0.2x3 0.4x2 0.2x2 0.4 0.2x3 0.4 0.2x4 0.4x2 0.2x4 0.4 0.2x3 0 0.2x4 0.4 0.2
    # 13:38:00, no consumer
    0x38
    # 13:47:30, consumed again
    2 1.8 2x2 1.8x2 0.2x9 0.4 0.2x4
  EOT
}

series "rabbitmq.queue.messages.ack.count" {
  tags   = ["kube_namespace:sock-shop", "rabbitmq_queue:shipping-task", "rabbitmq_vhost:/"]
  type   = "gauge"
  unit   = "message"
  values = <<-EOT
    # 13:29:45, healthy
    2 5 9 12 17 20 24 29 32 35 39 42 47 51 55 58 63 67 71 74 77 81 85 88 92 97 100 104 108 112 115 119 123
    # 13:38:00, no consumer
    125x38
    # 13:47:30, consumed again
    136 163 193 220 248 275 287 290 294 298 302 306 309 313 316 320 324 327 331 335
  EOT
}

series "rabbitmq.queue.messages.redeliver.count" {
  tags   = ["kube_namespace:sock-shop", "rabbitmq_queue:shipping-task", "rabbitmq_vhost:/"]
  type   = "gauge"
  unit   = "message"
  values = <<-EOT
    # 13:29:45, healthy
    0x33
    # 13:38:00, no consumer
    0x38
    # 13:47:30, consumed again
    0x20
  EOT
}

# --- What this run does not have

absent "kubernetes_state.deployment.replicas_available" {
  reason = "RabbitMQ, the producer and the consumer ran as processes, without Kubernetes."
}

absent "kubernetes.cpu.usage.total" {
  reason = "The consumer ran as a process, not in a container."
}

absent "events" {
  reason = "RabbitMQ, the producer and the consumer ran as processes, without a cluster that emits events."
}

# The logs below have no pod_name.
absent "logs" {
  tags   = ["pod_name:queue-master*"]
  reason = "The consumer ran as a process, without a pod."
}

absent "logs" {
  tags   = ["pod_name:shipping*"]
  reason = "The producer ran as a process, without a pod."
}

absent "logs" {
  tags   = ["pod_name:orders*"]
  reason = "There was no service that takes orders: the producer published a task for each."
}

# --- Logs: all lines of the three processes in this time. The services are configured at the log sources.

logs "logs/producer.jsonl" {
  service = "shipping"
  source  = "amqp-publish"
  tags    = ["kube_namespace:sock-shop"]
}

logs "logs/consumer.jsonl" {
  service = "queue-master"
  source  = "amqp-consume"
  tags    = ["kube_namespace:sock-shop"]
}

# The status is the level in the line.
logs "logs/rabbitmq.jsonl" {
  service = "rabbitmq"
  source  = "rabbitmq"
  tags    = ["kube_namespace:sock-shop"]
}
