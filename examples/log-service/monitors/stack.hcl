# Monitors for a service based on its logs: one error monitor for each part, and one that alerts without any logs.

stack "checkout" {
  tags = ["service:checkout", "team:payments"]
}

variable "notify" {
  type        = list(string)
  default     = ["@slack-payments"]
  description = "Handles to notify."
}

variable "env" {
  type        = string
  default     = "prod"
  description = "The environment to monitor."

  validation {
    condition     = contains(["prod", "staging"], var.env)
    error_message = "env must be prod or staging."
  }
}
