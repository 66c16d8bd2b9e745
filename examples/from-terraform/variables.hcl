variable "environment" {
  type        = string
  description = "The environment to monitor."

  validation {
    condition     = contains(["prod", "staging"], var.environment)
    error_message = "Write prod or staging."
  }
}

variable "notify" {
  description = "Who is notified. Pages go out in production only."
  type = object({
    page    = list(string)
    chat    = string
    weekend = optional(string)
  })
}

variable "limits" {
  description = "Thresholds that all services share."
  type = object({
    error_rate         = optional(string, "5")
    latency            = optional(string, "2")
    restarts           = optional(number, 3)
    database_cpu       = optional(string, "80")
    database_storage   = optional(string, "10")
    replica_percentage = optional(number, 75)
  })
  default = {}
}

variable "renotify" {
  type    = map(string)
  default = { "1" = "30", "2" = "60" }
}

variable "cloudwatch_delay" {
  type        = number
  default     = 900
  description = "How many seconds the metrics of CloudWatch are late."
}

variable "runbooks" {
  type    = string
  default = "https://runbooks.example"
}

variable "extra_tags" {
  type    = list(string)
  default = []
}
