# Compares producer and consumer. No single graph shows the failure: the left column (shipping) looks normal, the right
# one (queue-master) is flat. So each pair of graphs is side by side on the same time axis.

locals {
  # Kubernetes events of the consumer, overlaid on the graphs.
  kubernetes_events = {
    response_format = "timeseries"
    display_type    = "overlay"
    queries = [{
      data_source = "events"
      name        = "kubernetes"
      search      = { query = local.consumer_events }
      compute     = { aggregation = "count" }
      indexes     = ["*"]
    }]
    formulas = [{ formula = "kubernetes" }]
  }

  # The columns of log lists.
  log_columns = [
    { field = "status_line", width = "auto" },
    { field = "timestamp", width = "auto" },
    { field = "service", width = "auto" },
    { field = "content", width = "full" },
  ]

  # Kubernetes events are in the event stream, not among the logs.
  consumer_events = "source:kubernetes kube_namespace:sock-shop kube_name:queue-master*" # including its pods
}

dashboard "producer_vs_consumer" {
  title       = "Shipping: producer vs consumer"
  description = "shipping publishes to shipping-task, queue-master consumes. On call? Start with the first note."
  layout_type = "ordered"
  reflow_type = "auto"

  group "Read this first" {
    widget "note" {
      content          = <<-EOT
        ### How to read this dashboard
        **shipping** publishes a task to the queue `shipping-task` for every paid order; **queue-master** consumes it and ships the order.
        shipping does not know whether its tasks are consumed.

        | producer | consumer | queue | meaning |
        |---|---|---|---|
        | publishes | consumes | near 0 | healthy |
        | publishes | **silent, 0 consumers** | **grows linearly** | **consumer failure**: orders succeed but are not shipped |
        | publishes | consumes | grows | consumer too slow, or a burst |
        | **rejected** | silent, 0 consumers | at its maximum length | **full queue**: orders fail, or are not shipped |
        | silent | idle | 0 | no orders, or shipping is down: check the orders |

        **A consumer failure logs no errors.** The signal is that queue-master logs nothing.
        Vertical lines are Kubernetes events of queue-master.

        Recover: `${local.recover}`
      EOT
      background_color = "yellow"
      font_size        = "14"
      text_align       = "left"
      show_tick        = false
    }

    widget "manage_status" {
      title               = "The rules"
      query               = "tag:\"ddmon_stack:sock-shop\" tag:\"service:queue-master\"" # without members of composites
      summary_type        = "monitors"
      display_format      = "countsAndList"
      color_preference    = "background"
      sort                = "status,asc"
      show_last_triggered = true
      show_priority       = true
    }

    widget "alert_graph" {
      title    = "Rule 2: queue depth"
      alert_id = monitor.queue_depth.id
      viz_type = "timeseries"
    }

    widget "alert_graph" {
      title    = "Rule 3: available replicas"
      alert_id = monitor.no_replicas.id
      viz_type = "timeseries"
    }
  }

  group "Producer and consumer" {
    widget "timeseries" {
      title       = "Published tasks and consumers"
      show_legend = true
      requests = [
        {
          response_format = "timeseries"
          display_type    = "bars"
          on_right_yaxis  = true # the marker is on the left axis, with the consumers
          queries = [{
            data_source = "metrics"
            name        = "published"
            query       = local.published_query
          }]
          formulas = [{ formula = "published", alias = "published per second (shipping)" }]
          style    = { palette = "cool" }
        },
        {
          response_format = "timeseries"
          display_type    = "line"
          queries = [{
            data_source = "metrics"
            name        = "consumers"
            query       = local.consumers_query
          }]
          formulas = [{ formula = "consumers", alias = "consumers (queue-master)" }]
          style    = { palette = "warm", line_width = "thick" }
        },
        local.kubernetes_events,
      ]
      markers = [{ value = "y = 1", display_type = "error dashed", label = "no_consumer: below 1" }]
    }

    widget "timeseries" {
      title       = "Logs by deployment (only one of them logging: consumer failure)"
      show_legend = true
      requests = [
        {
          response_format = "timeseries"
          display_type    = "bars"
          queries = [{
            data_source = "logs"
            name        = "logs"
            search      = { query = "kube_namespace:sock-shop pod_name:(shipping* OR queue-master*)" }
            compute     = { aggregation = "count" }
            indexes     = ["*"]
            group_by    = [{ facet = "kube_deployment", limit = 10, sort = { aggregation = "count", order = "desc" } }]
          }]
          formulas = [{ formula = "logs" }]
        },
        local.kubernetes_events,
      ]
    }

    widget "timeseries" {
      title       = "Queue depth"
      show_legend = true
      requests = [
        {
          response_format = "timeseries"
          display_type    = "area"
          queries = [{
            data_source = "metrics"
            name        = "depth"
            query       = local.messages_query
          }]
          formulas = [{ formula = "depth", alias = "messages waiting" }]
        },
        local.kubernetes_events,
      ]
      markers = [
        { value = "y = ${local.backlog_limit}", display_type = "warning dashed", label = "backlog: rule 1, with no consumer" },
        { value = "y = ${local.depth_limit}", display_type = "error dashed", label = "queue_depth: rule 2" },
      ]
    }
  }

  group "Producer: shipping" {
    widget "list_stream" {
      title = "shipping: logs of published tasks"
      requests = [{
        response_format = "event_list"
        columns         = local.log_columns
        query           = { data_source = "logs_stream", query_string = local.shipping_logs, indexes = [] }
      }]
    }

    widget "list_stream" {
      title = "orders: latest logs"
      requests = [{
        response_format = "event_list"
        columns         = local.log_columns
        query           = { data_source = "logs_stream", query_string = local.orders_logs, indexes = [] }
      }]
    }
  }

  group "Consumer: queue-master" {
    widget "timeseries" {
      title = "Available replicas"
      requests = [
        {
          response_format = "timeseries"
          display_type    = "area"
          queries = [{
            data_source = "metrics"
            name        = "replicas"
            query       = "sum:kubernetes_state.deployment.replicas_available{${local.consumer}}"
          }]
          formulas = [{ formula = "replicas", alias = "available replicas" }]
        },
        local.kubernetes_events,
      ]
      markers = [{ value = "y = 1", display_type = "error dashed", label = "no_replicas: rule 3, below 1" }]
    }

    widget "timeseries" {
      title = "CPU (stops, instead of dropping to 0, without a pod)"
      requests = [
        {
          response_format = "timeseries"
          display_type    = "line"
          queries = [{
            data_source = "metrics"
            name        = "cpu"
            query       = "avg:kubernetes.cpu.usage.total{${local.consumer}} by {kube_deployment}"
          }]
          formulas = [{ formula = "cpu" }]
        },
        local.kubernetes_events,
      ]
    }

    widget "timeseries" {
      title = "Logs by pod: the gap is the incident"
      requests = [
        {
          response_format = "timeseries"
          display_type    = "bars"
          queries = [{
            data_source = "logs"
            name        = "logs"
            search      = { query = local.consumer_logs }
            compute     = { aggregation = "count" }
            indexes     = ["*"]
            group_by    = [{ facet = "pod_name", limit = 10, sort = { aggregation = "count", order = "desc" } }]
          }]
          formulas = [{ formula = "logs" }]
        },
        local.kubernetes_events,
      ]
    }

    widget "list_stream" {
      title = "queue-master: latest logs"
      requests = [{
        response_format = "event_list"
        columns         = local.log_columns
        query           = { data_source = "logs_stream", query_string = local.consumer_logs, indexes = [] }
      }]
    }

    widget "list_stream" {
      title = "Kubernetes events of queue-master"
      requests = [{
        response_format = "event_list"
        columns = [
          { field = "timestamp", width = "auto" },
          { field = "message", width = "full" },
        ]
        query = { data_source = "event_stream", query_string = local.consumer_events, event_size = "s" }
      }]
    }
  }
}
