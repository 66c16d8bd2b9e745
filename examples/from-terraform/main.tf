resource "datadog_monitor" "latency" {
  for_each = { for name, service in local.services : name => service if service.latency != null }

  name  = "[${upper(var.environment)}] ${title(each.key)} is slow"
  type  = "query alert"
  query = "avg(last_5m):p95:trace.http.request{${local.scope[each.key]}} > ${try(each.value.latency.critical, var.limits.latency)}"

  message = templatefile("${path.module}/templates/alert.md.tftpl", {
    summary = "95 % of the requests to ${each.key} take up to {{value}} seconds."
    runbook = "${var.runbooks}/latency"
    handles = local.handles[each.key]
    warning = can(each.value.latency.warning)
  })

  monitor_thresholds {
    critical = try(each.value.latency.critical, var.limits.latency)
    warning  = try(each.value.latency.warning, null)
  }

  require_full_window = false
  include_tags        = true
  renotify_interval   = lookup(var.renotify, each.value.priority, 0)
  priority            = each.value.priority
  tags                = local.tags[each.key]
}

resource "datadog_monitor" "errors" {
  for_each = local.services

  name  = "[${upper(var.environment)}] ${title(each.key)} returns errors"
  type  = "query alert"
  query = <<-EOQ
    sum(last_10m):sum:trace.http.request.errors{${local.scope[each.key]}}.as_count()
    / sum:trace.http.request.hits{${local.scope[each.key]}}.as_count() * 100
    > ${lookup(each.value.errors, "critical", var.limits.error_rate)}
  EOQ

  message = templatefile("${path.module}/templates/alert.md.tftpl", {
    summary = format("%s answers {{value}} %% of its requests with an error.", each.key)
    runbook = "${var.runbooks}/errors"
    handles = local.handles[each.key]
    warning = contains(keys(each.value.errors), "warning")
  })
  escalation_message = each.value.priority == "1" ? "Still failing. ${join(" ", var.notify.page)}" : null

  monitor_thresholds {
    critical          = lookup(each.value.errors, "critical", var.limits.error_rate)
    critical_recovery = lookup(each.value.errors, "critical", var.limits.error_rate) * 0.5
    warning           = lookup(each.value.errors, "warning", null)
  }

  notify_no_data      = false
  require_full_window = "false"
  renotify_interval   = lookup(var.renotify, each.value.priority, 0)
  timeout_h           = each.value.priority == "1" ? 0 : 24
  priority            = each.value.priority
  tags                = local.tags[each.key]
}

resource "datadog_monitor" "replicas" {
  for_each = local.services

  name  = "[${upper(var.environment)}] ${title(each.key)} lacks replicas"
  type  = "query alert"
  query = "max(last_10m):sum:kubernetes_state.deployment.replicas_available{env:${var.environment},kube_deployment:${each.key}} / sum:kubernetes_state.deployment.replicas_desired{env:${var.environment},kube_deployment:${each.key}} * 100 < ${var.limits.replica_percentage}"

  message = templatefile("${path.module}/templates/alert.md.tftpl", {
    summary = "Only {{value}} % of the replicas of ${each.key} are available."
    runbook = "${var.runbooks}/replicas"
    handles = local.handles[each.key]
    warning = false
  })

  monitor_thresholds {
    critical = var.limits.replica_percentage
  }

  notify_no_data    = true
  no_data_timeframe = 20
  priority          = each.value.priority
  tags              = local.tags[each.key]
}

resource "datadog_monitor" "restarts" {
  for_each = local.services

  name    = "[${upper(var.environment)}] ${title(each.key)} restarts repeatedly"
  type    = "query alert"
  query   = "change(max(last_15m),last_30m):max:kubernetes.containers.restarts{${local.scope[each.key]}} by {pod_name} > ${coalesce(each.value.restarts, var.limits.restarts)}"
  message = <<-EOM
    {{#is_alert}}
    {{pod_name.name}} restarted {{value}} times.
    {{/is_alert}}
    ${join("\n", local.handles[each.key])}
  EOM

  monitor_thresholds {
    critical = coalesce(each.value.restarts, var.limits.restarts)
  }

  require_full_window = false
  notify_by           = ["*"]
  new_group_delay     = "300"
  priority            = each.value.priority
  tags                = local.tags[each.key]
}

resource "datadog_monitor" "queue_depth" {
  for_each = local.queues

  name    = "[${upper(var.environment)}] ${each.value.queue} is piling up"
  type    = "query alert"
  query   = "min(last_15m):avg:aws.sqs.approximate_number_of_messages_visible{env:${var.environment},queuename:${each.value.queue}} > ${each.value.depth}"
  message = "{{value}} messages wait for ${each.value.service}.\n${join(" ", local.handles[each.value.service])}"

  monitor_thresholds {
    critical          = each.value.depth
    critical_recovery = floor(each.value.depth / 2)
  }

  evaluation_delay    = each.value.delay
  require_full_window = true
  priority            = local.services[each.value.service].priority
  tags                = concat(local.tags[each.value.service], ["queue:${each.value.queue}"])
}

resource "datadog_monitor" "queue_age" {
  for_each = local.queues

  name    = "[${upper(var.environment)}] ${each.value.queue} is late"
  type    = "query alert"
  query   = "max(last_15m):max:aws.sqs.approximate_age_of_oldest_message{env:${var.environment},queuename:${each.value.queue}} > ${each.value.age}"
  message = "The oldest message of ${each.value.queue} is {{value}} seconds old.\n${join(" ", local.handles[each.value.service])}"

  monitor_thresholds {
    critical = each.value.age
  }

  evaluation_delay = each.value.delay
  on_missing_data  = "resolve"
  priority         = local.services[each.value.service].priority
  tags             = concat(local.tags[each.value.service], ["queue:${each.value.queue}"])

  lifecycle {
    ignore_changes = [tags]
  }
}

resource "datadog_monitor" "database_cpu" {
  for_each = { for name, service in local.services : name => service.database if service.database != null }

  name    = "[${upper(var.environment)}] Database ${each.value} is busy"
  type    = "query alert"
  query   = "avg(last_30m):avg:aws.rds.cpuutilization{env:${var.environment},dbinstanceidentifier:${each.value}} > ${var.limits.database_cpu}"
  message = "{{value}} % of the CPU of ${each.value} is used.\n${join(" ", local.handles[each.key])}"

  monitor_thresholds {
    critical = var.limits.database_cpu
    warning  = var.limits.database_cpu - 15
  }

  evaluation_delay = var.cloudwatch_delay
  priority         = local.services[each.key].priority
  tags             = local.tags[each.key]
}

resource "datadog_monitor" "database_connections" {
  for_each = { for name, service in local.services : name => service.database if service.database != null }

  name    = "[${upper(var.environment)}] Database ${each.value} has unusually many connections"
  type    = "query alert"
  query   = "avg(last_4h):anomalies(avg:aws.rds.database_connections{env:${var.environment},dbinstanceidentifier:${each.value}}, 'agile', 3, direction='above', interval=60, alert_window='last_30m', count_default_zero='true', seasonality='weekly') >= 0.8"
  message = "${each.value} has {{value}} connections.\n${join(" ", local.handles[each.key])}"

  monitor_thresholds {
    critical          = "0.8"
    critical_recovery = "0"
  }

  monitor_threshold_windows {
    trigger_window  = "last_30m"
    recovery_window = "last_30m"
  }

  evaluation_delay = var.cloudwatch_delay
  priority         = min(tonumber(local.services[each.key].priority) + 1, 5)
  tags             = local.tags[each.key]
}

resource "datadog_monitor" "logs" {
  for_each = { for name, service in local.services : name => service.logs if service.logs != null }

  name    = "[${upper(var.environment)}] ${title(each.key)} logs ${replace(each.value, "@error.kind:", "")}"
  type    = "log alert"
  query   = "logs(\"env:${var.environment} service:${each.key} status:error ${each.value}\").index(\"*\").rollup(\"count\").by(\"@merchant\").last(\"15m\") > 25"
  message = "{{value}} errors for {{[@merchant].name}}.\n${join(" ", local.handles[each.key])}"

  monitor_thresholds {
    critical = 25
    warning  = 10
  }

  enable_logs_sample       = local.is_prod ? true : null
  groupby_simple_monitor   = false
  on_missing_data          = "default"
  group_retention_duration = "2d"
  priority                 = local.services[each.key].priority
  tags                     = local.tags[each.key]
}

resource "datadog_monitor" "endpoint" {
  for_each = { for e in local.endpoints : e.url => e }

  name    = "[${upper(var.environment)}] ${each.value.url} does not answer"
  type    = "service check"
  query   = "\"http.can_connect\".over(\"env:${var.environment}\",\"url:${each.value.url}\").by(\"url\").last(4).count_by_status()"
  message = "{{#is_alert}}${each.value.url} does not answer.{{/is_alert}}\n${join(" ", local.handles[each.value.service])}"

  monitor_thresholds {
    ok       = "1"
    warning  = "1"
    critical = "3"
  }

  notify_no_data    = true
  no_data_timeframe = "10"
  renotify_interval = lookup(var.renotify, local.services[each.value.service].priority, 0)
  priority          = local.services[each.value.service].priority
  tags              = local.tags[each.value.service]
}

resource "datadog_monitor" "checkout_blocked" {
  name    = "[${upper(var.environment)}] Customers cannot pay"
  type    = "composite"
  query   = "${datadog_monitor.errors["payment"].id} && ( ${datadog_monitor.queue_depth["payment/refunds"].id} || ${datadog_monitor.latency["checkout"].id} )"
  message = join("\n", concat(["Payment fails, and customers notice."], var.notify.page, [var.notify.chat]))

  renotify_interval = 15
  renotify_statuses = ["alert"]
  include_tags      = false
  priority          = "1"
  tags              = ["env:${var.environment}", "team:orders"]
}

resource "datadog_monitor" "catalogue" {
  for_each = yamldecode(file("${path.module}/monitors.yaml"))

  name  = format("[%s] %s", upper(var.environment), each.value.name)
  type  = lookup(each.value, "type", "query alert")
  query = each.value.query

  message = templatefile("${path.module}/templates/alert.md.tftpl", {
    summary = trimspace(each.value.summary)
    runbook = "${var.runbooks}/${each.key}"
    handles = coalescelist(try(each.value.handles, []), [var.notify.chat])
    warning = try(each.value.thresholds.warning, null) != null
  })

  dynamic "monitor_thresholds" {
    for_each = [for t in [try(each.value.thresholds, null)] : t if t != null]

    content {
      critical          = lookup(monitor_thresholds.value, "critical", null)
      critical_recovery = lookup(monitor_thresholds.value, "critical_recovery", null)
      warning           = lookup(monitor_thresholds.value, "warning", null)
      warning_recovery  = try(monitor_thresholds.value.warning_recovery, null)
    }
  }

  notify_no_data      = lookup(each.value, "notify_no_data", false)
  no_data_timeframe   = lookup(each.value, "no_data_timeframe", null)
  renotify_interval   = try(each.value.renotify_interval, null)
  require_full_window = try(each.value.require_full_window, null)
  evaluation_delay    = try(each.value.evaluation_delay, null)
  new_group_delay     = try(each.value.new_group_delay, null)
  priority            = try(each.value.priority, 3)
  tags                = concat(["env:${var.environment}"], try(each.value.tags, []), var.extra_tags)
}
