# What rule 2 is for: the consumer is there and too slow. Messages pile up over a quarter of an hour, until a second
# replica is added. Nothing is at 0, so rules 1 and 3 have nothing to say.

name     = "slow-consumer"
note     = "queue-master is alive and slower than shipping; a second replica drains the queue."
source   = "made up"
timezone = "Asia/Kolkata"
start    = "2025-11-14T12:00:00+05:30"
end      = "2025-11-14T13:00:00+05:30"
interval = "15s"

phases {
  incident_start = "12:10:00" # shipping publishes more than queue-master takes
  scaled_up      = "12:30:00"
  incident_end   = "12:34:00" # the queue is empty again
}

# One message more each sample from 12:10:00 on, 80 when the second replica comes, then five less each sample.
series "rabbitmq.queue.messages" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type   = "gauge"
  unit   = "message"
  values = "0x40 0+1x80 80-5x16 0x104"
}

series "rabbitmq.queue.consumers" {
  tags   = ["kube_namespace:sock-shop", "queue:shipping-task", "vhost:sock-shop"]
  type   = "gauge"
  values = "1x121 2x119"
}

series "kubernetes_state.deployment.replicas_available" {
  tags   = ["kube_namespace:sock-shop", "kube_deployment:queue-master"]
  type   = "gauge"
  values = "1x121 2x119"
}
