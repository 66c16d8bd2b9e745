locals {
  # How many errors in five minutes each part may log, and how much that matters.
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
    on_missing_data    = "resolve" # no errors is what we want
  }
}

monitor "silence" {
  name  = "checkout logs nothing (${var.env})"
  type  = "log alert"
  query = "logs(\"env:${var.env} service:checkout\").index(\"*\").rollup(\"count\").last(\"10m\") < 1"

  message  = <<-EOT
    checkout has been silent for ten minutes: it is down, or its logs do not arrive.
    ${join(" ", var.notify)}
  EOT
  priority = 2
  tags     = ["env:${var.env}"]

  options {
    # No matching log is no data, which a count takes for 0, and 0 is below 1.
    on_missing_data = "default"
  }
}
