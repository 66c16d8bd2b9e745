locals {
  # The number of errors in five minutes above which each part alerts, and the priority of the alert.
  parts = {
    cart    = { limit = 20, priority = 3 }
    payment = { limit = 5, priority = 1 }
    receipt = { limit = 50, priority = 4 }
  }
}

monitor "errors" {
  for_each = local.parts

  name     = "checkout ${each.key} logs errors (${var.env})"
  type     = "log alert"
  query    = "logs(\"env:${var.env} service:checkout @part:${each.key} status:error\").index(\"*\").rollup(\"count\").last(\"5m\") > ${each.value.limit}"
  priority = each.value.priority
  tags     = ["env:${var.env}", "part:${each.key}"]

  message = <<-EOT
    {{#is_alert}}
    ${each.key} logged {{value}} errors in five minutes, more than {{threshold}}.
    {{/is_alert}}
    ${join(" ", var.notify)}
  EOT

  options {
    thresholds {
      warning = each.value.limit / 2
    }
    enable_logs_sample = true
    on_missing_data    = "resolve" # no errors means OK
  }
}

monitor "silence" {
  name  = "checkout logs nothing (${var.env})"
  type  = "log alert"
  query = "logs(\"env:${var.env} service:checkout\").index(\"*\").rollup(\"count\").last(\"10m\") < 1"

  message  = <<-EOT
    checkout has not logged anything for ten minutes: it is down, or its logs do not reach Datadog.
    ${join(" ", var.notify)}
  EOT
  priority = 2
  tags     = ["env:${var.env}"]

  options {
    # Without matching logs there is no data. The default for a count is to evaluate that as 0, which is below 1.
    on_missing_data = "default"
  }
}
