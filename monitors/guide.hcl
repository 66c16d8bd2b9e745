# The verification guide of the incident, as steps that can be run and tested. A step that finds nothing fails only if its
# query is known to find something, there is traffic, and the pipeline works. Queries use pod_name, which is the same in
# every account; service differs (see guide.as_documented).

guide "consumer-failure" {
  summary  = "Runbook: ddmon verify consumer-failure"
  monitors = [monitor.consumer_failure, monitor.no_replicas]

  control {
    offset  = "-1d"
    window  = "30m"
    traffic = local.traffic_query
  }

  probe "logs" { logs = "kube_namespace:sock-shop" }
  probe "events" { events = "source:kubernetes kube_namespace:sock-shop" }
  probe "agent" { metric = "sum:kubernetes_state.deployment.replicas_available{kube_namespace:sock-shop}" }

  # Step 1: is it an ordinary failure? Absolute numbers mean nothing: some services log normal work as errors.
  step "errors" {
    logs  = "kube_namespace:sock-shop"
    by    = ["status"]
    probe = probe.logs
    expect { change = "< 2x" }
    ok     = "No more errors than usual."
    failed = "More log lines of a status than usual."
  }

  # Step 2: are all deployments available?
  step "deployments" {
    metric = "sum:kubernetes_state.deployment.replicas_available{kube_namespace:sock-shop} by {kube_deployment}"
    window = "5m"
    expect { last = ">= 1" }
    ok     = "Every deployment has an available replica."
    failed = "A deployment has no available replica."
  }
  step "deployment" {
    metric = "sum:kubernetes_state.deployment.replicas_available{${local.consumer}}"
    window = "5m"
    expect { last = ">= 1" }
    ok     = "queue-master has an available replica."
    failed = "queue-master has no available replica: it was scaled to 0, or its pod is not ready."
  }
  step "scaling" {
    events = "source:kubernetes kube_namespace:sock-shop kube_name:queue-master* \"Scaled down\""
    probe  = probe.events
    control {
      offset    = "-7d"
      window    = "7d"
      traffic   = "sum:kubernetes_state.deployment.replicas_available{kube_namespace:sock-shop}"
      recording = "../testdata/healthy-day"
    }
    expect { absent = true }
    ok     = "queue-master was not scaled down."
    failed = "queue-master was scaled down."
  }

  # Step 3: are messages consumed?
  step "consumers" {
    metric = local.consumers_query
    window = "5m"
    expect { last = ">= 1" }
    ok     = "The queue has a consumer."
    failed = "The queue has no consumer."
  }
  step "backlog" {
    metric = local.messages_query
    expect { trend = "flat or draining" }
    ok     = "The backlog does not grow."
    failed = "Messages pile up."
  }
  step "depth" {
    metric = local.messages_query
    window = "2m"
    expect {
      last  = "<= ${local.backlog_limit}"
      basis = "expected" # from the incident report; the largest depth that was measured is 8
    }
    ok     = "At most ${local.backlog_limit} messages wait."
    failed = "More than ${local.backlog_limit} messages wait."
  }
  step "publishing" {
    metric = local.published_query
    window = "5m"
    expect { max = "> 0" }
    ok     = "shipping publishes tasks."
    failed = "shipping publishes no tasks."
  }

  # Step 4: when did the consumer become silent?
  step "consumer_logs" {
    logs  = local.consumer_logs
    probe = probe.logs
    expect { gap = "< 2m" }
    ok     = "queue-master logs."
    failed = "queue-master is silent while there is traffic."
  }
  step "consumer_cpu" {
    metric = "avg:kubernetes.cpu.usage.total{${local.consumer}}"
    probe  = probe.agent
    expect { gap = "< 2m" }
    ok     = "The container of queue-master runs."
    failed = "The container of queue-master reports no CPU: it does not exist."
  }

  # Step 5: what do users notice?
  step "producer_logs" {
    logs   = local.shipping_logs
    window = "5m"
    probe  = probe.logs
    expect { count = "> 0" }
    ok     = "shipping logs."
    failed = "shipping is silent."
  }
  step "orders" {
    logs   = local.orders_logs
    window = "5m"
    probe  = probe.logs
    expect { count = "> 0" }
    ok     = "Orders are accepted."
    failed = "No orders are accepted."
  }

  # The root cause.
  conclusion "consumer_down" {
    when        = step.deployment.failed && (step.consumers.failed || step.consumer_logs.failed || step.backlog.failed)
    within      = "2m"
    findings    = [step.deployment, step.scaling, step.consumers, step.consumer_logs, step.consumer_cpu]
    cause       = "The deployment queue-master was scaled to 0, so no consumer processes the messages of shipping-task."
    severity    = "high"
    impact      = "Orders are accepted and paid, but not shipped. No user sees an error."
    remediation = local.recover
    verify      = "kubectl -n sock-shop wait --for=condition=ready pod -l name=queue-master --timeout=60s; then ddmon verify recovery"
    recovered   = step.deployment.ok && step.consumers.ok && step.consumer_logs.ok
  }

  # The two patterns of the incident report.
  conclusion "silent_consumer_failure" {
    when     = step.deployment.failed && step.depth.failed && step.consumers.failed
    findings = [step.deployment, step.depth, step.consumers]
    cause    = "No replica, no consumer, and a backlog."
    severity = "high"
  }
  conclusion "producer_without_consumer" {
    when     = step.publishing.ok && step.consumers.failed
    findings = [step.consumers]
    cause    = "The producer publishes, and the queue has no consumer."
    severity = "high"
  }

  # The consumer runs, and still messages pile up.
  conclusion "slow_consumer" {
    when        = step.consumers.ok && step.backlog.failed && step.depth.failed
    findings    = [step.backlog, step.depth]
    cause       = "queue-master consumes more slowly than shipping publishes."
    severity    = "medium"
    impact      = "Orders are shipped late."
    remediation = "kubectl -n sock-shop scale deployment/queue-master --replicas=2"
  }

  # Producer and consumer log differently: one is active, the other is silent.
  conclusion "asymmetry" {
    when     = step.producer_logs.ok && step.consumer_logs.failed
    findings = [step.consumer_logs]
    cause    = "shipping logs, and queue-master is silent."
  }
}

# The criteria for recovery. Each step reports how long after the remediation it is ok.
guide "recovery" {
  summary  = "Recovery: ddmon verify recovery"
  monitors = [monitor.consumer_failure, monitor.no_replicas]

  control {
    traffic = local.traffic_query
  }
  probe "logs" { logs = "kube_namespace:sock-shop" }

  step "replicas" {
    metric = "sum:kubernetes_state.deployment.replicas_available{${local.consumer}}"
    window = "5m"
    expect { last = ">= 1" }
    ok     = "queue-master has a replica again."
    failed = "queue-master has no replica yet."
  }
  step "consumers" {
    metric = local.consumers_query
    window = "5m"
    expect { last = ">= 1" }
    ok     = "The queue has a consumer again."
    failed = "The queue has no consumer yet. It can take a minute after the pod is ready."
  }
  step "depth" {
    metric = local.messages_query
    window = "5m"
    expect { last = "<= 1" }
    ok     = "The backlog is drained."
    failed = "The backlog is not drained yet."
  }
  step "consumer_logs" {
    logs   = local.consumer_logs
    window = "2m"
    probe  = probe.logs
    expect { count = "> 0" }
    ok     = "queue-master logs again."
    failed = "queue-master does not log yet."
  }
}

# The log queries exactly as in the incident report. In the account of the report's author they never found anything: the
# tag service has another value, and pod_name is a tag. No step of this guide may take an empty answer for a silent
# consumer.
guide "as_documented" {
  summary = "The report's log queries, unchanged"

  control {
    traffic = local.traffic_query
  }
  probe "logs" { logs = "kube_namespace:sock-shop" }

  step "consumer" {
    logs  = "kube_namespace:sock-shop service:queue-master"
    probe = probe.logs
    expect { gap = "< 2m" }
    ok     = "queue-master logs."
    failed = "queue-master is silent."
  }
  step "producer" {
    logs  = "kube_namespace:sock-shop service:shipping"
    probe = probe.logs
    expect { count = "> 0" }
    ok     = "shipping logs."
    failed = "shipping is silent."
  }
  step "kubernetes" {
    logs  = "kube_namespace:sock-shop @evt.name:queue-master"
    probe = probe.logs
    expect { absent = true }
    ok     = "Kubernetes reports nothing about queue-master."
    failed = "Kubernetes reports changes of queue-master."
  }
  step "missing_logs" {
    logs  = "kube_namespace:sock-shop (service:queue-master OR @pod_name:*queue-master*)"
    probe = probe.logs
    expect { gap = "< 2m" }
    ok     = "queue-master logs."
    failed = "queue-master is silent."
  }
  step "orders" {
    logs  = "kube_namespace:sock-shop service:orders \"created successfully\""
    probe = probe.logs
    expect { count = "> 0" }
    ok     = "Orders are created."
    failed = "No orders are created."
  }

  conclusion "consumer_silent" {
    when     = step.producer.ok && step.consumer.failed
    findings = [step.consumer, step.missing_logs, step.kubernetes]
    cause    = "shipping logs, and queue-master is silent."
  }
}
