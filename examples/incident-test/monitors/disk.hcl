monitor "disk" {
  name     = "Disk of {{host.name}} is almost full"
  priority = 2
  type     = "query alert"
  query    = "min(last_5m):max:system.disk.in_use{service:postgres} by {host} > 0.9"
  message  = <<-EOT
    {{#is_alert}}The disk of {{host.name}} is {{value}} full. Stop migrations. ${join(" ", var.notify)}{{/is_alert}}
    {{#is_warning}}The disk of {{host.name}} is filling up. @slack-storage{{/is_warning}}
    {{#is_recovery}}The disk of {{host.name}} has space again. ${join(" ", var.notify)}{{/is_recovery}}
  EOT
  options {
    thresholds {
      warning           = 0.8
      critical_recovery = 0.85
    }
    renotify_interval = 10
    renotify_statuses = ["alert"]
  }
}

monitor "latency" {
  name     = "{{endpoint.name}} is slow"
  priority = 2
  type     = "query alert"
  query    = "avg(last_5m):avg:checkout.latency{env:prod} by {endpoint} > 1"
  message  = "{{endpoint.name}} takes {{value}} s. @slack-checkout"
}

monitor "no_space" {
  name     = "PostgreSQL has no space left"
  priority = 2
  type     = "log alert"
  query    = "logs(\"service:postgres status:error \\\"No space left\\\"\").index(\"*\").rollup(\"count\").last(\"5m\") > 3"
  message  = "Queries fail, because the disk is full. ${join(" ", var.notify)}"
}

monitor "migration" {
  name     = "A migration failed"
  priority = 2
  type     = "event-v2 alert"
  query    = "events(\"source:migration status:failed\").rollup(\"count\").last(\"15m\") > 0"
  message  = "A migration failed. @slack-storage"
}

monitor "deadlocks" {
  name     = "PostgreSQL has deadlocks"
  priority = 2
  type     = "query alert"
  query    = "sum(last_5m):sum:postgresql.deadlocks{service:postgres}.as_count() > 0"
  message  = "Transactions wait for each other. @slack-storage"
  options {
    on_missing_data = "resolve"
  }
}
