# The case for rule 2: the consumer is running but too slow. Messages pile up for a quarter of an hour, until a second
# replica is added. Neither consumers nor replicas are at 0, so rules 1 and 3 do not alert.

name     = "slow-consumer"
note     = "queue-master is running but slower than shipping; a second replica drains the queue."
source   = "made up"
timezone = "Asia/Kolkata"
start    = "2025-11-14T12:00:00+05:30"
end      = "2025-11-14T13:00:00+05:30"
interval = "15s"

phases {
  incident_start = "12:10:00" # shipping publishes faster than queue-master consumes
  scaled_up      = "12:30:00"
  incident_end   = "12:34:00" # the queue is empty again
}

# One more message per sample from 12:10:00, 80 when the second replica starts, then five fewer per sample.
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
