# Rule 3: the deployment has no pod. It detects the cause in Kubernetes, without messages or RabbitMQ, so it also alerts
# at night when there are no orders.

monitor "no_replicas" {
  name = "queue-master has no available replica"
  type = "query alert"

  # max over three minutes: a rolling restart takes seconds and does not alert; a deployment scaled to 0 does. A
  # deployment with 0 replicas keeps reporting 0. Container metrics (CPU, memory) would stop instead, so a monitor for
  # values below a threshold would never alert.
  query    = "max(last_3m):sum:kubernetes_state.deployment.replicas_available{${local.consumer}} < 1"
  priority = 1
  tags     = ["severity:critical", "service:queue-master"]

  message = <<-EOT
    {{#is_alert}}
    queue-master deployment scaled to 0 - async processing halted

    Check:
    1. `kubectl -n sock-shop get deployment queue-master` - 0/0: scaled down; 0/1: the pod is not ready
    2. `kubectl -n sock-shop get events --sort-by='.lastTimestamp' | grep queue-master`

    Recover: `${local.recover}`
    Verify: `kubectl -n sock-shop wait --for=condition=ready pod -l name=queue-master --timeout=60s`
    {{/is_alert}}
    {{#is_no_data}}
    No data for the deployment queue-master: it was deleted, or kube-state-metrics is down.
    {{/is_no_data}}
    {{#is_alert_recovery}}
    queue-master has a replica again, and the backlog is draining.
    {{/is_alert_recovery}}
    {{#is_no_data_recovery}}
    Datadog receives data for queue-master again.
    {{/is_no_data_recovery}}
    ${join(" ", var.notify.critical)}
  EOT

  options {
    renotify_interval = 30
    renotify_statuses = ["alert"]
    # Data stops only if the deployment is deleted or the cluster is no longer monitored. Both are as severe as 0.
    on_missing_data = "show_and_notify_no_data"
  }
}
