# A day without incidents, on which no one must be paged. The data is synthetic: a sock shop with little traffic at
# night and most in the evening, and five events that also happen on good days. Each event is described next to its
# samples, which are every 15 s; the rest of the day is sampled every 60 s. Gauges are the value at the time of the
# sample, counts the number since the previous sample. events.jsonl has the Kubernetes events of the deployments.

name     = "healthy-day"
note     = "An ordinary Tuesday: two deployments, two short bursts, a restart of RabbitMQ. No one must be paged."
source   = "made up"
timezone = "Asia/Kolkata"
start    = "2025-11-11T00:00:00+05:30"
end      = "2025-11-12T00:00:00+05:30"
interval = "60s"

phases {
  rolling_deployment  = "10:30:20" # replicas stay at 1; no consumer for seven seconds
  small_burst         = "11:45:20" # at most 38 messages, over 10 for less than a minute, with a consumer
  large_burst         = "13:10:20" # 54 messages in one sample, over 10 for less than a minute, with a consumer
  recreate_deployment = "16:05:10" # strategy Recreate: no replica and no consumer for 39 seconds
  rabbitmq_restart    = "18:20:00" # no samples of RabbitMQ for a minute, then no consumer for one sample
}

absent "logs" { reason = "no logs were made up for this day" }

# --- Kubernetes

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:queue-master"]
  type   = "gauge"
  values = "1x960"
}

# A deployment with strategy Recreate at 16:05:10.
series "kubernetes_state.deployment.replicas_available" {
  tags     = ["kube_namespace:sock-shop", "kube_deployment:queue-master"]
  type     = "gauge"
  interval = "15s"
  start    = "16:00:00"
  values   = "1x21 0x3 1x16"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:queue-master"]
  type   = "gauge"
  start  = "16:10:00"
  values = "1x470"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:orders"]
  type   = "gauge"
  values = "1x1440"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:shipping"]
  type   = "gauge"
  values = "1x1440"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:rabbitmq"]
  type   = "gauge"
  values = "1x1440"
}

# --- RabbitMQ, prometheus plugin: consumers

series "rabbitmq.queue.consumers" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type   = "gauge"
  values = "1x625"
}

# A rolling deployment at 10:30:20.
series "rabbitmq.queue.consumers" {
  tags     = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type     = "gauge"
  interval = "15s"
  start    = "10:25:00"
  values   = "1x22 0 1x17"
}

series "rabbitmq.queue.consumers" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type   = "gauge"
  start  = "10:35:00"
  values = "1x325"
}

# A deployment with strategy Recreate at 16:05:10.
series "rabbitmq.queue.consumers" {
  tags     = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type     = "gauge"
  interval = "15s"
  start    = "16:00:00"
  values   = "1x21 0x3 1x16"
}

series "rabbitmq.queue.consumers" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type   = "gauge"
  start  = "16:10:00"
  values = "1x125"
}

# RabbitMQ restarts at 18:20.
series "rabbitmq.queue.consumers" {
  tags     = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type     = "gauge"
  interval = "15s"
  start    = "18:15:00"
  values   = "1x20 _x4 0 1x15"
}

series "rabbitmq.queue.consumers" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type   = "gauge"
  start  = "18:25:00"
  values = "1x335"
}

# --- RabbitMQ: messages in the queue

series "rabbitmq.queue.messages" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type   = "gauge"
  unit   = "message"
  values = "0x510 1 0x19 1 0x61 1 0x9 1 0x22"
}

# A rolling deployment at 10:30:20.
series "rabbitmq.queue.messages" {
  tags     = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type     = "gauge"
  unit     = "message"
  interval = "15s"
  start    = "10:25:00"
  values   = "0x16 1 0x5 1 0x6 1 1 0x9"
}

series "rabbitmq.queue.messages" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type   = "gauge"
  unit   = "message"
  start  = "10:35:00"
  values = "0x37 1 0x7 1 0x19"
}

# A burst at 11:45:20, below the limit of rule 2.
series "rabbitmq.queue.messages" {
  tags     = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type     = "gauge"
  unit     = "message"
  interval = "15s"
  start    = "11:40:00"
  values   = "0x20 1 0 38 21 4 0x6 1 0 0 1 0x5"
}

series "rabbitmq.queue.messages" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type   = "gauge"
  unit   = "message"
  start  = "11:50:00"
  values = "0x75"
}

# A burst at 13:10:20, over that limit for one sample.
series "rabbitmq.queue.messages" {
  tags     = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type     = "gauge"
  unit     = "message"
  interval = "15s"
  start    = "13:05:00"
  values   = "0x12 1 0x7 1 0 54 37 20 1 0x14"
}

series "rabbitmq.queue.messages" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type   = "gauge"
  unit   = "message"
  start  = "13:15:00"
  values = "0x3 1 0x4 1 0x7 1 0x5 1 0x28 1 0x16 1 0x25 1 0x49 1 0x20"
}

# A deployment with strategy Recreate at 16:05:10.
series "rabbitmq.queue.messages" {
  tags     = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type     = "gauge"
  unit     = "message"
  interval = "15s"
  start    = "16:00:00"
  values   = "0x10 1 0x11 1 2 0x12 1 0x3"
}

series "rabbitmq.queue.messages" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type   = "gauge"
  unit   = "message"
  start  = "16:10:00"
  values = "0x14 1 0x4 1 0x46 1 0x58"
}

# RabbitMQ restarts at 18:20.
series "rabbitmq.queue.messages" {
  tags     = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type     = "gauge"
  unit     = "message"
  interval = "15s"
  start    = "18:15:00"
  values   = "0x15 1x3 0 0 _x4 0x8 1 0x7"
}

series "rabbitmq.queue.messages" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type   = "gauge"
  unit   = "message"
  start  = "18:25:00"
  values = <<-EOT
    0 0 1 0x63 1 0x4 1 0x8 1 0x6 1 1 0x15 1 0x26 1 0 1 0x8 1 0x3 1 0x5 1 0x39 1 0x24 1 0 0 1 0x15 1 0x64 1 0x33
  EOT
}

# --- RabbitMQ: messages that shipping published in the minute before each sample
series "rabbitmq.queue.messages.published.count" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type   = "count"
  unit   = "message"
  values = <<-EOT
    # 00:00
    0x4 1 0 0 1 0x4 1 0 0 1 0 0 1 0x3 1 0 1 0x3 1 0 0 1 0x3 1 0 0 1 0 0 1 0 1 0x3 1 0x3 1 0 1 0x4 1 0
    # 01:00
    0 0 1 0x6 1 0x5 1 0x4 1 0 0 1 0x6 1 0 0 1 0x4 1 0x4 1 0 0 1 0x5 1 0x5 1 0
    # 02:00
    0x6 1 0x9 1 0x10 1 0x9 1 0x10 1 0x9 1 0
    # 03:00
    0x6 1 0x20 1 0x20 1 0x11
    # 04:00
    0x7 1 0x17 1 0x11 1 0x11 1 0x10
    # 05:00
    0 0 1 0x4 1 0x8 1 0x6 1 0x8 1 0x6 1 0x9 1 0x9 1
    # 06:00
    0x3 1 0 0 1 0x3 1 0 1 0x4 1 0 1 0 1 0x3 1 0 0 1 0 0 1 0 1 0 1 0x4 1 0 0 1 0 1 0 0 1 0 1 0 1 0 0 1 0 0 1 0
    # 07:00
    0 1x10 0 1x3 0 1x4 0 1x5 0 1 1 2 1 0 1x5 0 1x3 0 1 2 0 1 0 1 2 0 1x3 0 1 0 1x4
    # 08:00
    1 1 2 1 2 2 1 2 1 2 1 3 1 3 1 2 1 2 1 1 3 1 2 1 2 1 2 1 2 1 2 1 1 2 1 1 2 1 1 2 1 2 2 1 1 2 1 2 1 2 2 1 2 1
    1 3 1 2 2 1
    # 09:00
    1 3 2x3 3 2x3 3 2 3 1 4 2 2 3 3 2 3 2x3 3 2 3 2 2 3 2x7 3 2x6 3 2 2 3 2 3 2x3 3 2x3 3 1 3 2
    # 10:00
    2 3 3 2 3 3 2 4 2 3x8 4 2 3 2 3 3 2 3x6 2 4 3x4 2 3x6 2 3 2 3 2 3 2 2 3 4 2 3x3 2 2 3
    # 11:00
    3 4 3 3 2 4 3 3 4 3 3 4 4 2 3x6 4 3x9 2 5 3 4 3x4 4 2 3 3 4 3 4 4 49 3x3 2 4 3 3 4 2 3 4 3 2
    # 12:00
    4 3 4 4 3 3 4 3x6 5 3 4 4 5 3 4 4 3 3 4 4 3 4 3 5 3 3 4 4 3 3 4 3 4x4 2 5 3 4 4 3 4 3 5 3 4 5 3 3 4 3 4 4 3
    # 13:00
    4 3x4 4 3 4 3x3 65 3 3 4 3x3 5 3 4 3 3 4 2 3x4 4 2 5 3 4 4 2 3 4 3 3 4 3 4 4 2 4 3x3 4 3x3 4 4 3x3 4 3
    # 14:00
    4 3x6 2 3 3 2 3x11 4 3x10 4 2 3x6 2 3 3 4 3 3 2 4 4 2 3x6 4 3 4
    # 15:00
    2 4 2 3 3 4 2 3 2 2 3 3 4 3x8 4 2 3 3 2 2 3 3 2 3x4 4 2 3 2 3 3 2 2 3x4 4 3 3 2 3x3 2 3 2 3 2 4 2
    # 16:00
    3 3 2 3x7 2 2 4 3 3 4 3 3 4 2 3x3 2 3 2 4 3 3 4 2 3 2 2 3x4 2 3 4 2 3 4 3 3 2 4 2 3 3 2 3x3 2 3x4
    # 17:00
    2 4 2 3x5 2 3x3 2 4 3x3 2 4 3x6 4 3x3 4 2 4 3x6 2 4 3x10 4 2 2 3x4 4 3 3
    # 18:00
    3 4 2 4x5 3 4 3 3 4 3 4x3 3 3 4 _ 0 4x3 3 4 4 3 4 4 3 4 3 3 4 3 4 3x3 4x3 3 4 3 4 3 3 4 3 4 4 3 3 4 4 3 4
    # 19:00
    3 4x6 3 4 4 5 4x3 3 4x4 3 5 3 5 4x6 3 3 5 3 5 4 3 5 3 4x3 5 4 4 5 4 4 3 4x4 5 3 3 4x3 5 5
    # 20:00
    3 5 4x4 5 5 4 6 4x5 5 4 4 5 4 4 5 3 4 4 5 3 4x7 5 3 4 5 4x4 3 4 5 4 6 4x3 3 5 4x4 5 5 3 6
    # 21:00
    5 3 4 3 4 3 4 4 3x3 4 3x3 4 4 3 4 3 3 4 3 3 4 3 4 3 4 3 4 3 4 4 3 4x3 3 4 3 3 4 3 4 3 4 4 3 4x8 3 3 4
    # 22:00
    3 2 4 1 3 2 1 2 3 1 2x6 3 2x4 3 1 3 2 2 3 2x3 3 2 1 3x3 2x6 3 1 3 2 3 2 1 2 2 3 2 3 2x3 3 2 2
    # 23:00
    2 2 1 1 0 1x4 0 2 0 1 2 1x8 0 2 1 1 2 1 0 2 1x17 0 1x6 0 2 1x3 0
  EOT
}

# --- Events

events "events.jsonl" {
  source = "kubernetes"
  tags   = ["kube_namespace:sock-shop", "kube_name:queue-master"]
}
