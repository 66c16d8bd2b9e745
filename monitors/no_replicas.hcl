# Rule 3: the deployment has no pod. This is the cause seen from Kubernetes; it needs neither messages nor RabbitMQ
# to be noticed, so it also fires at night, when nobody orders anything.

monitor "no_replicas" {
  name = "queue-master has no available replica"
  type = "query alert"

  # max over three minutes: a rolling restart (seconds) never shows, a deployment scaled to 0 always does. A
  # deployment at 0 replicas goes on reporting 0; container metrics (CPU, memory) would just end, and an alert below
  # a threshold on those never fires.
  query    = "max(last_3m):sum:kubernetes_state.deployment.replicas_available{${local.consumer}} < 1"
  priority = 1
  tags     = ["severity:critical", "service:queue-master"]

  message = <<-EOT
    {{#is_alert}}
    queue-master deployment scaled to 0 - async processing halted

    Check:
    1. `kubectl -n sock-shop get deployment queue-master` - 0/0: scaled down; 0/1: its pod does not become ready
    2. `kubectl -n sock-shop get events --sort-by='.lastTimestamp' | grep queue-master`

    Recover: `${local.recover}`
    Verify: `kubectl -n sock-shop wait --for=condition=ready pod -l name=queue-master --timeout=60s`
    {{/is_alert}}
    {{#is_no_data}}
    Kubernetes reports nothing about the deployment queue-master: it was deleted, or kube-state-metrics is gone.
    {{/is_no_data}}
    {{#is_alert_recovery}}
    queue-master has a replica again; the backlog drains now.
    {{/is_alert_recovery}}
    {{#is_no_data_recovery}}
    Kubernetes reports about queue-master again.
    {{/is_no_data_recovery}}
    ${join(" ", var.notify.critical)}
  EOT

  options {
    renotify_interval = 30
    renotify_statuses = ["alert"]
    # The series ends only if the deployment is deleted or nothing watches the cluster any more. Both are as bad as 0.
    on_missing_data = "show_and_notify_no_data"
  }
}
