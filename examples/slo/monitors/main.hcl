stack "shop-slo" {
  tags = ["team:shop"]
}

monitor "lag" {
  name     = "Order consumer lags behind"
  type     = "query alert"
  query    = "min(last_10m):max:kafka.consumer_lag{consumer_group:orders} > 500"
  message  = <<-EOT
    {{#is_alert}}{{value}} orders are waiting to be processed.{{/is_alert}}
    {{#is_no_data}}Datadog receives no consumer lag: check the consumer and its metrics.{{/is_no_data}}
    {{#is_recovery}}The consumer has caught up.{{/is_recovery}}
    @slack-shop
  EOT
  priority = 2
  options {
    notify_no_data      = true
    no_data_timeframe   = 20
    require_full_window = false
  }
}

slo "consumer" {
  name        = "Orders are processed in time"
  description = "The order consumer keeps up with incoming orders."
  type        = "monitor"
  monitor_ids = [monitor.lag.id]
  thresholds  = [{ timeframe = "30d", target = 99.5, warning = 99.8 }]
}

slo "orders" {
  name = "Orders succeed"
  type = "metric"
  query {
    numerator   = "sum:shop.orders{status:ok}.as_count()"
    denominator = "sum:shop.orders{*}.as_count()"
  }
  thresholds = [
    { timeframe = "7d", target = 99 },
    { timeframe = "30d", target = 99.5, warning = 99.8 },
  ]
}

monitor "orders_burn" {
  name     = "Orders use up their error budget"
  type     = "slo alert"
  query    = "burn_rate(\"${slo.orders.id}\").over(\"30d\").long_window(\"1h\").short_window(\"5m\") > 14.4"
  priority = 1
  message  = "At this burn rate, the monthly error budget will be exhausted within about two days. @pagerduty-shop"
}

dashboard "orders" {
  title       = "Orders: objectives"
  layout_type = "ordered"
  widget "slo" {
    slo_id       = slo.orders.id
    view_type    = "detail"
    view_mode    = "overall"
    time_windows = ["7d", "30d"]
  }
}

downtime "import" {
  scope   = "service:orders"
  message = "The nightly import is running; orders wait until it finishes. @slack-shop"
  monitor_identifier {
    monitor_id = monitor.lag.id
  }
  schedule {
    timezone = "Europe/Berlin"
    recurrences = [
      { rrule = "FREQ=DAILY;INTERVAL=1", start = "2027-01-01T02:00:00", duration = "1h" },
    ]
  }
}
