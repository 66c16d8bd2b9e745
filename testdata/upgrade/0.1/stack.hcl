# The stack whose objects are in objects.json and sandbox.db, as ddmon 0.1 left them. See README.md.
stack "upgrade" {
  tags = ["team:orders"]
}

locals {
  long = join("-", [for i in range(60) : format("part%02d", i)])
}

monitor "plain" {
  name    = "Queue is piling up"
  type    = "query alert"
  query   = "min(last_5m):sum:rabbitmq.queue.messages{queue:shipping-task} > 50"
  message = "{{value}} messages wait. @slack-orders"
  tags    = ["service:shipping", "Env:Prod"]
  options {
    thresholds {
      warning = 25
    }
    include_tags      = true
    notify_no_data    = false
    renotify_interval = 30
  }
}

monitor "each" {
  for_each = toset(["a", "B", "with space", "ünïcode", "quo\"te", "", "a/b:c", "__under__", local.long])
  name     = "Load of ${each.key}"
  type     = "query alert"
  query    = "avg(last_5m):avg:system.load.1{host:x} > ${length(each.key) + 1}"
  message  = "@slack-orders"
}

monitor "both" {
  name    = "Both are high"
  type    = "composite"
  query   = "${monitor.plain.id} && ${monitor.each["a"].id}"
  message = "@pagerduty-orders"
}

monitor "protected" {
  name  = "Protected"
  type  = "query alert"
  query = "avg(last_5m):avg:system.disk.in_use{*} > 0.9"
  lifecycle {
    prevent_destroy = true
  }
}

monitor "ignoring" {
  name  = "Threshold is kept by hand"
  type  = "query alert"
  query = "avg(last_5m):avg:system.cpu.user{*} > 90"
  lifecycle {
    ignore_changes = [query, options.thresholds]
  }
}

monitor "replaced" {
  name  = "Errors in the log"
  type  = "log alert"
  query = "logs(\"service:shipping status:error\").index(\"*\").rollup(\"count\").last(\"5m\") > 5"
}

monitor "adopted" {
  name    = "Adopted by hand"
  type    = "query alert"
  query   = "avg(last_5m):avg:system.load.5{*} > 4"
  message = "@slack-orders"
}

monitor "edited" {
  name    = "Edited by hand"
  type    = "query alert"
  query   = "avg(last_5m):avg:system.load.15{*} > 4"
  message = "@slack-orders"
}

dashboard "plain" {
  title       = "Producer against consumer"
  layout_type = "ordered"
  description = <<-TEXT
    Two lines
    of text.
  TEXT
  group "Queues" {
    widget "timeseries" {
      title = "Depth"
      requests = [{
        display_type    = "line"
        response_format = "timeseries"
        queries         = [{ data_source = "metrics", name = "q", query = "sum:rabbitmq.queue.messages{*}" }]
        formulas        = [{ formula = "q" }]
      }]
    }
  }
  widget "alert_graph" {
    alert_id = monitor.plain.id
    viz_type = "timeseries"
  }
}

dashboard "each" {
  for_each    = toset(["a", "B c", local.long])
  title       = "Board of ${each.key}"
  layout_type = "ordered"
  widget "note" {
    content = "x"
  }
}

dashboard "protected" {
  title       = "Protected board"
  layout_type = "free"
  lifecycle {
    prevent_destroy = true
  }
  widget "note" {
    content = "x"
    layout {
      x      = 0
      y      = 0
      width  = 10
      height = 10
    }
  }
}

dashboard "adopted" {
  title       = "Adopted board"
  layout_type = "ordered"
  description = "Made by hand."
  widget "note" {
    content = "by hand"
  }
}

dashboard "edited" {
  title       = "Edited board"
  layout_type = "ordered"
  widget "note" {
    content = "as configured"
  }
}
