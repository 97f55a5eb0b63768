;; would catch what ends it
(module
  (tag $t)
  (memory (export "memory") 1)
  (func (export "analyse") (result i32)
    (throw $t)))
