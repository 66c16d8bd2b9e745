stack "orders-db" {
  tags = ["team:storage"]
}

variable "notify" {
  type    = list(string)
  default = ["@pagerduty-storage"]
}
