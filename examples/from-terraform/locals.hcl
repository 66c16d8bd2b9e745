locals {
  is_prod = var.environment == "prod"

  defaults = {
    priority  = "3"
    latency   = null
    errors    = {}
    queues    = []
    endpoints = []
    database  = null
    logs      = null
    restarts  = null
    slack     = null
    muted     = false
  }

  services = {
    for name, service in yamldecode(file("${path.module}/services.yaml")) :
    name => merge(local.defaults, service)
    if !try(service.muted, false)
  }

  queues = merge([
    for name, service in local.services : {
      for queue in service.queues : "${name}/${queue.name}" => {
        service = name
        queue   = queue.name
        depth   = queue.depth
        age     = queue.age
        delay   = coalesce(try(queue.delay, null), var.cloudwatch_delay)
      }
    }
  ]...)

  endpoints = flatten([
    for name, service in local.services : [
      for url in service.endpoints : { service = name, url = url }
    ]
  ])

  handles = {
    for name, service in local.services : name => compact([
      local.is_prod && service.priority == "1" ? join(" ", var.notify.page) : "",
      service.slack == null ? var.notify.chat : format("@slack-%s", trimprefix(service.slack, "#")),
      var.notify.weekend,
    ])
  }

  scope = { for name, _ in local.services : name => "env:${var.environment},service:${name}" }

  tags = {
    for name, service in local.services :
    name => distinct(concat(["env:${var.environment}", "service:${name}", "team:${service.team}"], var.extra_tags))
  }
}
