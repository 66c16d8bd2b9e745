environment = "prod"

notify = {
  page = ["@pagerduty-shop"]
  chat = "@slack-shop-alerts"
}

limits = {
  database_cpu = "85"
}
