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
      search      = { query = "source:kubernetes kube_namespace:sock-shop kube_name:queue-master*" } # including its pods
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

  # The six log searches from the incident.
  log_searches = {
    consumer        = "kube_namespace:sock-shop service:queue-master"
    producer        = "kube_namespace:sock-shop service:shipping"
    kubernetes      = "kube_namespace:sock-shop @evt.name:queue-master"
    consumer_or_pod = "kube_namespace:sock-shop (service:queue-master OR @pod_name:*queue-master*)"
    both            = "kube_namespace:sock-shop (service:shipping OR service:queue-master)"
    orders          = "kube_namespace:sock-shop service:orders \"created successfully\""
  }
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
      title               = "The three rules"
      query               = "tag:\"ddmon_stack:sock-shop\" tag:\"service:queue-master\"" # without the members of rule 1
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
            query       = "sum:rabbitmq.queue.messages.published.count{${local.queue}}.as_rate()"
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
            query       = "sum:rabbitmq.queue.consumers{${local.queue}}"
          }]
          formulas = [{ formula = "consumers", alias = "consumers (queue-master)" }]
          style    = { palette = "warm", line_width = "thick" }
        },
        local.kubernetes_events,
      ]
      markers = [{ value = "y = 1", display_type = "error dashed", label = "no_consumer: below 1" }]
    }

    widget "timeseries" {
      title       = "Logs by service (only one of them logging: consumer failure)"
      show_legend = true
      requests = [
        {
          response_format = "timeseries"
          display_type    = "bars"
          queries = [{
            data_source = "logs"
            name        = "logs"
            search      = { query = local.log_searches.both }
            compute     = { aggregation = "count" }
            indexes     = ["*"]
            group_by    = [{ facet = "service", limit = 10, sort = { aggregation = "count", order = "desc" } }]
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
            query       = "sum:rabbitmq.queue.messages{${local.queue}}"
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
    widget "timeseries" {
      title = "Publish rate, as queried in the incident report"
      # This metric is a running total from the management check, which has the tag rabbitmq_queue instead of queue.
      # With this scope it is empty; the graph above has the correct metric. It is kept for readers of the incident
      # report.
      requests = [{
        response_format = "timeseries"
        display_type    = "line"
        queries = [{
          data_source = "metrics"
          name        = "publish"
          # ddmon:ignore unknown_tag,as_count_gauge the unchanged query from the incident report, shown to be empty
          query = "sum:rabbitmq.queue.messages.publish.count{${local.queue}}.as_rate()"
        }]
        formulas = [{ formula = "publish", alias = "always empty: see the note" }]
      }]
    }

    widget "note" {
      content          = "`rabbitmq.queue.messages.publish.count` comes from RabbitMQ's management check and has the tag `rabbitmq_queue`, not `queue`. This cluster uses the Prometheus plugin, whose publish rate is `rabbitmq.queue.messages.published.count` (first graph)."
      background_color = "gray"
      font_size        = "12"
    }

    widget "list_stream" {
      title = "shipping: logs of published tasks"
      requests = [{
        response_format = "event_list"
        columns         = local.log_columns
        query           = { data_source = "logs_stream", query_string = local.log_searches.producer, indexes = [] }
      }]
    }

    widget "list_stream" {
      title = "orders: successful orders"
      requests = [{
        response_format = "event_list"
        columns         = local.log_columns
        query           = { data_source = "logs_stream", query_string = local.log_searches.orders, indexes = [] }
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
            search      = { query = local.log_searches.consumer_or_pod } # logs without a pod name are not shown
            compute     = { aggregation = "count" }
            indexes     = ["*"]
            group_by    = [{ facet = "@pod_name", limit = 10, sort = { aggregation = "count", order = "desc" } }]
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
        query           = { data_source = "logs_stream", query_string = local.log_searches.consumer, indexes = [] }
      }]
    }

    widget "list_stream" {
      title = "Kubernetes events of queue-master"
      requests = [{
        response_format = "event_list"
        columns         = local.log_columns
        query           = { data_source = "logs_stream", query_string = local.log_searches.kubernetes, indexes = [] }
      }]
    }
  }
}
