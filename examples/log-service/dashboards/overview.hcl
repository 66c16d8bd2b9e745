dashboard "overview" {
  title       = "checkout overview"
  layout_type = "ordered"

  template_variable "env" {
    prefix   = "env"
    defaults = [var.env]
  }

  dynamic "widget" {
    for_each = local.parts
    iterator = part
    labels   = ["timeseries"]
    content {
      title = "Errors: ${part.key}"
      requests = [{
        response_format = "timeseries"
        display_type    = "bars"
        queries = [{
          data_source = "logs"
          name        = "errors"
          search      = { query = "$env service:checkout @part:${part.key} status:error" }
          compute     = { aggregation = "count" }
          indexes     = ["*"]
        }]
        formulas = [{ formula = "errors" }]
      }]
      markers = [{ value = "y = ${part.value.limit}", display_type = "error dashed", label = "alert" }]
    }
  }

  widget "alert_graph" {
    title    = "Payment errors"
    alert_id = monitor.errors["payment"].id
    viz_type = "timeseries"
  }
}
